#!/usr/bin/env node
// The command `incident-core`: the same program in every language.
"use strict";
const { command } = require("./incident_core.node");

process.exitCode = command(["incident-core", ...process.argv.slice(2)]);
