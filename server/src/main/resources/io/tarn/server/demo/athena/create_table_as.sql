CREATE TABLE IF NOT EXISTS workshop.ZipCodes_By_State
WITH (
  format = 'PARQUET',
  parquet_compression = 'SNAPPY',
  partitioned_by = ARRAY['state'],
  external_location = 's3://lake/tables/zipcodes_by_state/'
)
AS SELECT zipcode, zipcodetype, city, TRY_CAST(lat AS double) AS lat, TRY_CAST("long" AS double) AS "long", state
FROM workshop.zipcodes
WHERE state < 'N'
