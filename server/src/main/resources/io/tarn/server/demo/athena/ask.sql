-- ? How many requests were there for dog pages?
SELECT count(*) AS requests
FROM workshop.useractivity
WHERE request LIKE '%/petstore/Dogs/%';

-- ? Who asked most for each page?
SELECT
  "page",
  "max_by"("username", ROW("requests", "username")) AS "username",
  "max"("requests") AS "requests"
FROM (
  SELECT "split_part"("request", '/petstore/', 2) AS "page", "username", "count"(*) AS "requests"
  FROM "workshop"."useractivity"
  GROUP BY 1, 2
)
GROUP BY 1
ORDER BY 1;

-- ? How many requests failed, and how many did not?
SELECT http, "count"(*) AS requests
FROM "AwsDataCatalog"."workshop"."useractivity"
GROUP BY http
ORDER BY http;

-- ? Which pages are asked for most? (a view as Athena writes it into Glue, without an owner)
SELECT page, requests
FROM workshop.activity_by_page
ORDER BY requests DESC, page;
