"""The whole story, loaded once; its tests only read what it left."""

import logging

import pytest
import structlog

from deploy.demo.loading import SEED
from deploy.demo.people import create_people
from deploy.demo.stage import Stage
from deploy.demo.story import BEGINS_AT, CHAPTERS
from deploy.settings import Settings

PASSWORD = "four unrelated words"


@pytest.fixture(scope="session")
def _quiet():
    before = structlog.get_config()["wrapper_class"]
    quiet = structlog.make_filtering_bound_logger(logging.ERROR)
    structlog.configure(wrapper_class=quiet)
    yield
    structlog.configure(wrapper_class=before)


@pytest.fixture(scope="session")
def open_stage(tmp_path_factory, _quiet):
    """Give a function that opens a stage of its own, with everybody signed in."""
    stages = []

    def open_one():
        settings = Settings.read(data=tmp_path_factory.mktemp("story"))
        stage = Stage(settings, BEGINS_AT, SEED)
        stages.append(stage)
        create_people(stage.identity, PASSWORD)
        stage.sign_in_everybody(PASSWORD)
        return stage

    yield open_one
    for stage in stages:
        stage.close()


@pytest.fixture(scope="session")
def story(open_stage):
    """Give the stage after the last chapter."""
    stage = open_stage()
    for chapter in CHAPTERS:
        chapter(stage)
    stage.settle()
    return stage
