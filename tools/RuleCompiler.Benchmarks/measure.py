#!/usr/bin/env python3
"""Runs commands in turn and prints the median wall time and peak memory of each, and their ratio to the last.

    measure.py RUNS TITLE NAME=COMMAND... REFERENCE=COMMAND

Commands are split as a shell would; output goes to /dev/null. One round before the counted ones warms the caches.
"""
import os
import shlex
import statistics
import subprocess
import sys
import time


def run(command):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{shlex.join(command)}: exit {process.returncode}\n{errors.decode(errors='replace')[:2000]}")
    return seconds, usage.ru_maxrss / 1024


def main():
    runs, title = int(sys.argv[1]), sys.argv[2]
    commands = {name: shlex.split(text) for name, text in (word.split("=", 1) for word in sys.argv[3:])}
    samples = {name: [] for name in commands}
    for counted in [False] + [True] * runs:
        for name, command in commands.items():
            sample = run(command)
            if counted:
                samples[name].append(sample)

    medians = {name: tuple(map(statistics.median, zip(*values))) for name, values in samples.items()}
    reference = list(medians.values())[-1]
    for name, (seconds, megabytes) in medians.items():
        least, most = min(samples[name])[0], max(samples[name])[0]
        print(f"| {title} | {name} | {seconds * 1000:.1f} ms | {least * 1000:.1f} to {most * 1000:.1f} ms "
              f"| {seconds / reference[0]:.2f} | {megabytes:.0f} MB | {megabytes / reference[1]:.2f} |")


main()
