using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Scenarios;

/// <summary>What can be wrong with a scenario file, and with what it names.</summary>
internal static class ScenarioDiagnostics
{
    /// <summary>All of them, by ID.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All =>
    [
        UnexpectedText, UnknownStatement, MisplacedStatement, RepeatedStatement, MissingDump, UnreadableFile, RepeatedFamily,
        RepeatedName, NameWithoutLetters, MissingPart, BadValue, UnknownRule, UnknownProfile, UndecidedClaim, OrphanedSnapshot,
        PendingSnapshot,
    ];

    public static DiagnosticDescriptor UnexpectedText { get; } = new("IPT5201", DiagnosticSeverity.Error)
    {
        Title = "Not a statement of a scenario file",
        Message = "Expected {0}, found {1}",
        Explanation = """
            A scenario file has one statement a line. Paths and names stand in quotes. A line with an error is left
            out and the next one read, so all problems of a file are reported at once.
            """,
        Example = """
            dump "pod.rules"
            scenario [|calls|] out
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect verdict accept
            """,
        Corrected = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect verdict accept
            """,
    };

    public static DiagnosticDescriptor UnknownStatement { get; } = new("IPT5202", DiagnosticSeverity.Error)
    {
        Title = "Unknown statement",
        Message = "'{0}' begins no statement{1}",
        Explanation = """
            A line begins with dump, host or profile; scenario, never or always; packet, flows, expect or snapshot in
            a scenario; space or a condition in a claim. A condition is verdict, flow, path, hits, untouched, mark,
            rewrite, or a kind of rewrite such as redirect.
            """,
        Example = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              [|expct|] verdict accept
              snapshot
            """,
        Corrected = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect verdict accept
              snapshot
            """,
    };

    public static DiagnosticDescriptor MisplacedStatement { get; } = new("IPT5203", DiagnosticSeverity.Error)
    {
        Title = "Misplaced statement",
        Message = "'{0}' does not belong {1}",
        Explanation = """
            The dumps, the host and the profile stand at the head of the file. A scenario has packets (or flows), and
            what is expected of them. A claim has one space, and conditions without the word 'expect'; a path is no
            condition of a claim.
            """,
        Example = """
            dump "pod.rules"
            scenario "calls out"
              [|space|] tcp * -> *
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect verdict accept
            """,
        Corrected = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect verdict accept
            """,
    };

    public static DiagnosticDescriptor RepeatedStatement { get; } = new("IPT5204", DiagnosticSeverity.Error)
    {
        Title = "Repeated statement",
        Message = "'{0}' is given twice",
        Explanation = """
            A file has one host and one profile, a scenario one 'flows' and one 'snapshot', a claim one space. Packets,
            expectations and conditions may be several.
            """,
        Example = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              snapshot
              [|snapshot|]
            """,
        Corrected = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              snapshot
            """,
    };

    public static DiagnosticDescriptor MissingDump { get; } = new("IPT5205", DiagnosticSeverity.Error)
    {
        Title = "No dump",
        Message = "The file names no dump",
        Explanation = "The first line says which rules are tested: dump \"pod.rules\". The path is relative to the file.",
        Example = """
            [||]scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect verdict accept
            """,
        Corrected = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect verdict accept
            """,
    };

    public static DiagnosticDescriptor UnreadableFile { get; } = new("IPT5206", DiagnosticSeverity.Error)
    {
        Title = "File that cannot be read",
        Message = "'{0}': {1}",
        Explanation = "Paths of dumps, hosts and profiles are relative to the scenario file. A dump may be .gz.",
        Example = """
            dump [|"missing.rules"|]
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect verdict accept
            """,
        Corrected = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect verdict accept
            """,
    };

    public static DiagnosticDescriptor RepeatedFamily { get; } = new("IPT5207", DiagnosticSeverity.Error)
    {
        Title = "Two dumps of one family",
        Message = "'{0}' has {1} rules, and so has '{2}'",
        Explanation = """
            Several dumps are the two families of one host. A dump that says nothing of its family is taken for IPv4;
            the family can be written behind its path: dump "pod6.rules" ipv6.
            """,
        Example = """
            dump "pod.rules"
            dump [|"pod6.rules"|]
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect verdict accept
            """,
        Corrected = """
            dump "pod.rules"
            dump "pod6.rules" ipv6
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect verdict accept
            """,
    };

    public static DiagnosticDescriptor RepeatedName { get; } = new("IPT5208", DiagnosticSeverity.Error)
    {
        Title = "Two of one name",
        Message = "'{0}' is the name of another one, in line {1}",
        Explanation = """
            Scenarios and claims are told apart by their names, and the snapshot of a scenario has its name in
            kebab case: names that differ in case or punctuation alone are the same.
            """,
        Example = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              snapshot
            scenario [|"Calls, out"|]
              packet tcp 10.0.0.1:1024 -> 10.0.0.3:80
              snapshot
            """,
        Corrected = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              snapshot
            scenario "calls another"
              packet tcp 10.0.0.1:1024 -> 10.0.0.3:80
              snapshot
            """,
    };

    public static DiagnosticDescriptor NameWithoutLetters { get; } = new("IPT5209", DiagnosticSeverity.Error)
    {
        Title = "Name without letters",
        Message = "'{0}' has no letter or digit",
        Explanation = "A name becomes part of a file's name, of which its letters and digits are left.",
        Example = """
            dump "pod.rules"
            scenario [|"->"|]
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              snapshot
            """,
        Corrected = """
            dump "pod.rules"
            scenario "out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              snapshot
            """,
    };

    public static DiagnosticDescriptor MissingPart { get; } = new("IPT5210", DiagnosticSeverity.Error)
    {
        Title = "Scenario or claim that says too little",
        Message = "'{0}' has no {1}",
        Explanation = """
            A scenario has a packet or 'flows', and an 'expect' or 'snapshot': else nothing could ever fail. A claim has
            a space and at least one condition.
            """,
        Example = """
            dump "pod.rules"
            scenario [|"calls out"|]
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
            """,
        Corrected = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              snapshot
            """,
    };

    public static DiagnosticDescriptor BadValue { get; } = new("IPT5211", DiagnosticSeverity.Error)
    {
        Title = "Value that the statement cannot have",
        Message = "'{0}' is not what '{1}' needs: {2}",
        Explanation = """
            verdict is accept, drop, reject, queue or stolen; flow a number or none; hits TABLE:CHAIN:RULE; mark a number,
            with a mask behind a slash; rewrite a kind such as redirect, then perhaps ADDRESS, ADDRESS:PORT or :PORT. A path
            is CHAIN#RULE, CHAIN and ... in any order. flow speaks of packets and claims, not of a mesh's flows.
            """,
        Example = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect verdict [|deny|]
              snapshot
            """,
        Corrected = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect verdict drop
              snapshot
            """,
    };

    public static DiagnosticDescriptor UnknownRule { get; } = new("IPT5212", DiagnosticSeverity.Warning)
    {
        Title = "Rule that no dump has",
        Message = "No dump has '{0}'{1}",
        Explanation = """
            No packet can hit a rule that is not there. Where it went with a change of the dump, the condition is to go or
            to change too: 'not hits' of it can never fail again.
            """,
        Example = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect not hits [|filter:OUTPT:1|]
            """,
        Corrected = """
            dump "pod.rules"
            scenario "calls out"
              packet tcp 10.0.0.1:1024 -> 10.0.0.2:80
              expect not hits filter:OUTPUT:1
            """,
    };

    public static DiagnosticDescriptor UnknownProfile { get; } = new("IPT5213", DiagnosticSeverity.Error)
    {
        Title = "Unknown profile",
        Message = "No profile '{0}'{1}",
        Explanation = """
            'rulec profiles' lists those that rulec knows. Any other is a JSON file, by its path in quotes. Without this
            line the mesh is inferred from the dump.
            """,
        Example = """
            dump "pod.rules"
            profile [|isto|]
            scenario "the flows"
              flows
              snapshot
            """,
        Corrected = """
            dump "pod.rules"
            profile istio
            scenario "the flows"
              flows
              snapshot
            """,
    };

    public static DiagnosticDescriptor UndecidedClaim { get; } = new("IPT5214", DiagnosticSeverity.Error)
    {
        Title = "Undecided claim",
        Message = "'{0}' is undecided: {1}",
        Explanation = """
            The claim was neither proved nor refuted within the limits set, so nothing is said rather than a guess. A
            smaller space, or --max-regions and --timeout, may decide it.
            """,
        Example = "",
        Corrected = "",
    };

    public static DiagnosticDescriptor OrphanedSnapshot { get; } = new("IPT5215", DiagnosticSeverity.Warning)
    {
        Title = "Orphaned snapshot",
        Message = "'{0}' is the snapshot of no scenario of this file",
        Explanation = """
            The scenario was renamed or removed, or has no 'snapshot' any more. Rename the file with it, or delete it:
            nothing compares with it.
            """,
        Example = "",
        Corrected = "",
    };

    public static DiagnosticDescriptor PendingSnapshot { get; } = new("IPT5216", DiagnosticSeverity.Warning)
    {
        Title = "Pending snapshot",
        Message = "'{0}' waits to be accepted or deleted",
        Explanation = """
            An earlier run left it because the trace differed from the verified one, and this run did not compare it. Run
            its scenario; with --accept where the new trace is right.
            """,
        Example = "",
        Corrected = "",
    };
}
