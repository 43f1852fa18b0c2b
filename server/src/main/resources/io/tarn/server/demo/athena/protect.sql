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
FROM workshop.userprofile
