#!/usr/bin/env python3
"""Asks z3 whether two firewall dumps treat some packet otherwise: what `rulec diff` is measured against.

    diff_z3.py OLD NEW [--chain INPUT] [-o FILE]

Reads the filter tables of dumps such as ../shared/perf makes (addresses, ports, protocol, interfaces, states, ICMP types,
users; chains of their own), writes each as one nested if-then-else over bit vectors, rule after rule, and asserts that the two
differ. Chains are unfolded where they are called. Runs `z3` on it and prints its answer with the processor time that it took: `unsat` is
equivalent. A rule with anything else in it is an error: nothing is guessed.
"""
import argparse
import ipaddress
import resource
import shlex
import subprocess
import sys

PROTOCOLS = {"icmp": 1, "tcp": 6, "udp": 17}
STATES = {"NEW": 0, "ESTABLISHED": 1, "RELATED": 2, "INVALID": 3, "UNTRACKED": 4}
VARIABLES = {"src": 32, "dst": 32, "proto": 8, "sport": 16, "dport": 16, "in": 16, "out": 16, "state": 3, "icmp": 8, "uid": 32}
ACTIONS = {"ACCEPT": 1, "DROP": 2, "REJECT": 3}


def number(variable, value):
    return f"(_ bv{value} {VARIABLES[variable]})"


def within(variable, low, high):
    if low == high:
        return f"(= {variable} {number(variable, low)})"
    return f"(and (bvule {number(variable, low)} {variable}) (bvule {variable} {number(variable, high)}))"


def any_of(tests):
    return tests[0] if len(tests) == 1 else f"(or {' '.join(tests)})"


class Dump:
    def __init__(self, path, names):
        self.names = names
        self.policies, self.rules = {}, {}
        for line in open(path):
            if line.startswith(":"):
                name, policy, _ = line[1:].split()
                self.policies[name], self.rules[name] = policy, []
            elif line.startswith("-A "):
                _, chain, *words = shlex.split(line)
                self.rules[chain].append(self.rule(words))

    def rule(self, words):
        tests, target, negated, skip = [], None, False, iter(words)
        for word in skip:
            if word == "!":
                negated = True
                continue
            if word == "-m":
                next(skip)
                continue
            value = next(skip)
            if word in ("-j", "--reject-with"):
                target = value if word == "-j" else target
                continue
            test = self.test(word, value)
            tests.append(f"(not {test})" if negated else test)
            negated = False
        return (f"(and {' '.join(tests)})" if len(tests) > 1 else tests[0] if tests else "true"), target

    def test(self, option, value):
        if option in ("-s", "-d"):
            network = ipaddress.ip_network(value)
            return within("src" if option == "-s" else "dst", int(network[0]), int(network[-1]))
        if option in ("--src-range", "--dst-range"):
            low, high = (int(ipaddress.ip_address(end)) for end in value.split("-"))
            return within(option[2:5], low, high)
        if option == "-p":
            return within("proto", PROTOCOLS[value], PROTOCOLS[value])
        if option in ("--dport", "--sport", "--dports", "--sports"):
            parts = [part.split(":") for part in value.split(",")]
            return any_of([within(option[2:7], int(part[0]), int(part[-1])) for part in parts])
        if option in ("-i", "-o"):
            link = self.names.setdefault(value, len(self.names) + 1)
            return within("in" if option == "-i" else "out", link, link)
        if option == "--ctstate":
            return any_of([within("state", STATES[word], STATES[word]) for word in value.split(",")])
        if option == "--icmp-type":
            return within("icmp", int(value), int(value))
        if option == "--uid-owner":
            return within("uid", int(value), int(value))
        sys.exit(f"'{option} {value}' is not known here")

    def define(self, side, chain, after, out):
        """Defines what becomes of a packet in a chain, from its last rule to its first; gives the name of the whole."""
        for test, target in reversed(self.rules[chain]):
            if target in ACTIONS:
                then = number_of(ACTIONS[target])
            elif target == "RETURN":
                sys.exit("RETURN is not known here")
            else:
                then = self.define(side, target, after, out)
            name = f"{side}{len(out)}"
            out.append(f"(define-fun {name} () (_ BitVec 2) (ite {test} {then} {after}))")
            after = name
        return after


def number_of(action):
    return f"(_ bv{action} 2)"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--chain", default="FORWARD", help="base chain to compare (FORWARD)")
    parser.add_argument("-o", "--output", default="/dev/null", help="keeps the SMT-LIB text")
    arguments = parser.parse_args()
    names, out = {}, [f"(declare-const {name} (_ BitVec {bits}))" for name, bits in VARIABLES.items()]
    results = []
    for side, path in (("old", arguments.old), ("new", arguments.new)):
        dump = Dump(path, names)
        results.append(dump.define(side, arguments.chain, number_of(ACTIONS[dump.policies[arguments.chain]]), out))
    out += [f"(assert (distinct {' '.join(results)}))", "(check-sat)", "(get-model)"]
    text = "(set-logic QF_BV)\n" + "\n".join(out) + "\n"
    with open(arguments.output, "w") as file:
        file.write(text)
    answer = subprocess.run(["z3", "-in"], input=text, capture_output=True, text=True).stdout
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{answer.splitlines()[0]} after {used.ru_utime + used.ru_stime:.1f} s of processor time, {len(text) / 1e6:.1f} MB of SMT-LIB")


if __name__ == "__main__":
    main()
