CREATE DATABASE IF NOT EXISTS workshop
COMMENT 'The sample lake: generated data'
LOCATION 's3://lake/tables/workshop';

DROP TABLE IF EXISTS workshop.useractivity;

CREATE EXTERNAL TABLE workshop.useractivity (
  ip_address string,
  username string,
  `timestamp` string,
  request string,
  http bigint,
  bytes bigint
)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES ('ignore.malformed.json'='false')
LOCATION 's3://lake/raw/useractivity/'
TBLPROPERTIES ('classification'='json', 'compressionType'='gzip');

DROP TABLE IF EXISTS workshop.userprofile;

CREATE EXTERNAL TABLE `workshop.userprofile` (
  first_name string,
  last_name string,
  username string,
  email string,
  gender string,
  ip_address string,
  phone string,
  zip string,
  cc string,
  password string,
  ssn string,
  age string
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'
WITH SERDEPROPERTIES ('separatorChar'=',', 'quoteChar'='\"', 'escapeChar'='\\')
STORED AS TEXTFILE
LOCATION 's3://lake/raw/userprofile/'
TBLPROPERTIES ('classification'='csv', 'skip.header.line.count'='1');

DROP TABLE IF EXISTS zipcodes;

-- no database is named: it is the session's
CREATE EXTERNAL TABLE zipcodes (
  zipcode string,
  zipcodetype string,
  city string,
  state string,
  locationtype string,
  lat string,
  long string,
  location string,
  decommisioned string
)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'
WITH SERDEPROPERTIES (
  'escapeChar'='\\',
  'quoteChar'='\"',
  'separatorChar'=','
)
LOCATION 's3://lake/raw/zipcodes'
TBLPROPERTIES ('skip.header.line.count'='1');

DROP TABLE IF EXISTS workshop.weblogs_live;

-- folders as a delivery stream makes them tell no keys, so each is named a partition by hand
CREATE EXTERNAL TABLE workshop.weblogs_live (
  ip_address string,
  username string,
  `timestamp` string,
  request string,
  http bigint,
  bytes bigint
)
PARTITIONED BY (day string, hour string)
ROW FORMAT DELIMITED FIELDS TERMINATED BY ','
STORED AS TEXTFILE
LOCATION 's3://lake/weblogs/live/';

ALTER TABLE workshop.weblogs_live ADD IF NOT EXISTS
  PARTITION (day = '2018-01-31', hour = '10') LOCATION 's3://lake/weblogs/live/2018/01/31/10/'
  PARTITION (day = '2018-01-31', hour = '11') LOCATION 's3://lake/weblogs/live/2018/01/31/11/';

-- ? Which tables are there?
SHOW TABLES IN workshop 'user*|zipcodes|weblogs*';

-- ? How many lines are left out at the beginning of each file of zip codes?
SHOW TBLPROPERTIES workshop.zipcodes('skip.header.line.count');

-- ? How many requests did the live feed bring from ten to noon?
SELECT day, hour, count(*) AS requests
FROM workshop.weblogs_live
GROUP BY day, hour
ORDER BY day, hour;
