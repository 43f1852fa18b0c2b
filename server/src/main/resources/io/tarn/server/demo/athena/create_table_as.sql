DROP TABLE IF EXISTS workshop.zipcodes_by_state;

-- ? And with the properties of Athena's CREATE TABLE AS, and a name in mixed case?
CREATE TABLE IF NOT EXISTS workshop.ZipCodes_By_State
WITH (
  format = 'PARQUET',
  parquet_compression = 'SNAPPY',
  partitioned_by = ARRAY['state'],
  external_location = 's3://lake/tables/zipcodes_by_state/'
)
AS SELECT zipcode, zipcodetype, city, TRY_CAST(lat AS double) AS lat, TRY_CAST("long" AS double) AS "long", state
FROM workshop.zipcodes
WHERE state < 'N';

-- ? How many zip codes has each of these states?
SELECT state, count(*) AS codes
FROM workshop.zipcodes_by_state
GROUP BY state
ORDER BY state;
