-- ? How many requests came from women, and how many from men?
SELECT p.gender, count(*) AS requests
FROM workshop.useractivity a
JOIN workshop.userprofile p ON a.username = p.username
GROUP BY p.gender
ORDER BY p.gender;

-- ? In which states do most of the active customers live?
SELECT z.state, count(DISTINCT a.username) AS users
FROM workshop.useractivity a
JOIN workshop.userprofile p ON a.username = p.username
JOIN workshop.zipcodes z ON p.zip = z.zipcode
GROUP BY z.state
ORDER BY users DESC, z.state;

-- ? How many customers are there of each age? (an old-style comma join, to those whose zip code is known)
SELECT CAST(p.age AS integer) AS age, count(*) AS customers
FROM workshop.userprofile p, workshop.zipcodes z
WHERE p.zip = z.zipcode
GROUP BY 1
ORDER BY 1;

DROP TABLE IF EXISTS workshop.customer_activity;

-- ? Who asked, and from where? (the customers joined to their requests)
CREATE TABLE workshop.customer_activity
WITH (format = 'PARQUET')
AS SELECT
  a.requested,
  a.toppage,
  a.subpage,
  a.http,
  a.bytes,
  p.username,
  p.gender,
  CAST(p.age AS integer) AS age,
  p.zip,
  z.city,
  z.state
FROM workshop.activity a
JOIN workshop.userprofile p ON a.username = p.username
LEFT JOIN workshop.zipcodes z ON p.zip = z.zipcode;

-- ? How many requests came from women, and how many from men? (as above, from the joined table)
SELECT gender, count(*) AS requests
FROM workshop.customer_activity
GROUP BY gender
ORDER BY gender;
