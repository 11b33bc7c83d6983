"""An archive on a cluster: articles from Parquet or web archives in, Parquet of events and claims out, and records for a ledger.

    spark-submit python/examples/cluster.py ARCHIVE OUT

ARCHIVE is a Parquet file or folder with a column `text`, or a folder of WARC files, anywhere Spark reads from. Then, on the
machine with the ledger:

    legation --ledger archive.sqlite add $(printf -- ' --records %s' OUT/lines/part-*)
"""

import sys

from pyspark.sql import SparkSession

import legation.spark


def run(spark, archive, out):
    """Reads, keeps the records, and derives everything else from what is kept."""
    if archive.endswith(".parquet"):
        articles = spark.read.parquet(archive)
    else:
        articles = legation.spark.articles(spark, archive).where("error is null")
    legation.spark.read(articles).write.parquet(f"{out}/records")

    records = spark.read.parquet(f"{out}/records")
    records.where("error is not null").select("id", "error").write.json(f"{out}/errors")
    records.where("record is not null").select("record").write.text(f"{out}/lines")
    legation.spark.events(records).write.parquet(f"{out}/events")
    legation.spark.claims(records).write.parquet(f"{out}/claims")
    legation.spark.merge(records).write.parquet(f"{out}/merged")


if __name__ == "__main__":
    run(SparkSession.builder.appName("legation").getOrCreate(), *sys.argv[1:3])
