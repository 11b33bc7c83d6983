-- One address, read more than once: each reading that differs is a version of one article, in the order in which they came.
CREATE INDEX articles_url ON articles (url) WHERE url IS NOT NULL;
CREATE VIEW versions AS
SELECT url, row_number() OVER (PARTITION BY url ORDER BY n) AS version, count(*) OVER (PARTITION BY url) AS versions, id, published, headline
FROM articles WHERE url IS NOT NULL;
