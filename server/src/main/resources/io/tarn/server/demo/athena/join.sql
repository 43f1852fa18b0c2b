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
LEFT JOIN workshop.zipcodes z ON p.zip = z.zipcode
