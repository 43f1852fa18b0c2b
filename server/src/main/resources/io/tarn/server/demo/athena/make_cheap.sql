CREATE TABLE workshop.activity
WITH (format = 'PARQUET', partitioned_by = ARRAY['toppage'])
AS SELECT
  ip_address,
  username,
  date_parse("timestamp", '%e/%b/%Y:%H:%i:%s') AS requested,
  split_part(request, ' ', 1) AS requesttype,
  split_part(request, '/', 2) AS topdomain,
  split_part(request, '/', 4) AS subpage,
  http,
  bytes,
  split_part(request, '/', 3) AS toppage
FROM workshop.useractivity
