DROP TABLE IF EXISTS workshop.customers_without_secrets;

-- ? Can customers be looked at without their secrets? (hashes in place of card and social security numbers)
CREATE TABLE workshop.customers_without_secrets
WITH (format = 'PARQUET')
AS SELECT
  first_name,
  last_name,
  username,
  gender,
  zip,
  CAST(age AS integer) AS age,
  to_hex(sha256(to_utf8(cc))) AS cc_hash,
  to_hex(sha256(to_utf8(ssn))) AS ssn_hash
FROM workshop.userprofile;

-- ? Which columns are left?
SHOW COLUMNS FROM customers_without_secrets FROM workshop;

-- ? Of how many customers are the hashes those of their numbers?
SELECT count(*) AS customers
FROM workshop.customers_without_secrets c
JOIN workshop.userprofile p ON p.username = c.username
WHERE c.cc_hash = to_hex(sha256(to_utf8(p.cc))) AND c.ssn_hash = to_hex(sha256(to_utf8(p.ssn)));
