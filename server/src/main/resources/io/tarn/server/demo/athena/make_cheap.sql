DROP TABLE IF EXISTS workshop.activity;

CREATE EXTERNAL TABLE workshop.activity (
  ip_address string,
  username string,
  requested timestamp,
  requesttype string,
  topdomain string,
  subpage string,
  http bigint,
  bytes bigint
)
PARTITIONED BY (toppage string)
STORED AS PARQUET
LOCATION 's3://lake/tables/activity/'
TBLPROPERTIES ('parquet.compression'='SNAPPY');

-- ? What if the log were Parquet, in a partition for each kind of page?
INSERT INTO workshop.activity
SELECT
  ip_address,
  username,
  date_parse("timestamp", '%e/%b/%Y:%H:%i:%s') AS requested,
  split_part(request, ' ', 1) AS requesttype,
  split_part(request, '/', 2) AS topdomain,
  split_part(request, '/', 4) AS subpage,
  http,
  bytes,
  split_part(request, '/', 3) AS toppage
FROM workshop.useractivity;

-- ? Which partitions are that?
SHOW PARTITIONS workshop.activity;

-- ? How many requests were there for dog pages? (as above, now from the partition)
SELECT count(*) AS requests
FROM workshop.activity
WHERE toppage = 'Dogs';

-- ? How many requests of each type were there for each kind of page? (two columns of the log)
SELECT toppage, requesttype, count(*) AS requests
FROM workshop.activity
GROUP BY toppage, requesttype
ORDER BY toppage, requesttype;

-- ? How many requests failed, and how many did not? (as above, from Parquet)
SELECT http, count(*) AS requests
FROM workshop.activity
GROUP BY http
ORDER BY http;
