//! The API over real HTTP, on both engines: one binary, so that it is linked once.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions)]

mod harness;

mod attack;
mod bound;
mod bulk;
mod conditional;
mod contract;
mod daily;
mod feed;
mod figures;
mod files;
mod gone;
mod hidden;
mod kept;
mod life;
mod lists;
mod live;
mod migrations;
mod oparl;
mod open_data;
mod openapi;
mod prepared;
mod printed;
mod refusals;
mod sealed_log;
mod search;
mod second_shape;
mod seed;
mod sight;
mod standby;
mod statements;
mod taking_in;
mod threats;
mod verify;
mod walk;
mod walls;
mod web;
