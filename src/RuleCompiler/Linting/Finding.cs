using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Linting;

/// <summary>Something proven about a dump: a decision about packets, with the rules it rests on and a packet that shows it.</summary>
public sealed record Finding
{
    /// <summary>What kind it is.</summary>
    public required DiagnosticDescriptor Descriptor { get; init; }

    /// <summary>The severity in force: the descriptor's, the case's, or as configured.</summary>
    public required DiagnosticSeverity Severity { get; init; }

    /// <summary>What it is about; for a run of rules, all of their lines.</summary>
    public required Location Location { get; init; }

    /// <summary>What is wrong, in one line, names in single quotes, no full stop.</summary>
    public required string Message { get; init; }

    /// <summary>What the rule does to the packets in question, in a few words: <c>meant to accept these</c>.</summary>
    public string? Label { get; init; }

    /// <summary>The family of the rules it is about.</summary>
    public required Family Family { get; init; }

    /// <summary>The chain it is about; null for a finding about a whole table or dump.</summary>
    public ChainSymbol? Chain { get; init; }

    /// <summary>The rule it is about, 1-based in <see cref="Chain"/>; of a run the first.</summary>
    public int? RuleNumber { get; init; }

    /// <summary>The rules that cause it: none of them could be left out.</summary>
    public ImmutableArray<Cause> Because { get; init; } = [];

    /// <summary>A packet that shows it, as a packet expression; null where there is none to show.</summary>
    public string? Witness { get; init; }

    /// <summary>What becomes of <see cref="Witness"/>: <c>redirected to :15001, not accepted</c>.</summary>
    public string? WitnessOutcome { get; init; }

    /// <summary>Unknowns that <see cref="Witness"/> needs, as <c>--assume</c> takes them.</summary>
    public ImmutableArray<string> Assumptions { get; init; } = [];

    /// <summary>Facts about the host that the proof uses.</summary>
    public ImmutableArray<string> Given { get; init; } = [];

    /// <summary>Further facts of one check, by name: <c>sameOutcome</c>.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>What to do about it.</summary>
    public Fix? Fix { get; init; }

    /// <summary>
    /// Names the finding however the lines around it move: 16 hexadecimal digits over ID, family, table, chain and text
    /// of the rule. Set by <see cref="Linter"/>.
    /// </summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Whether a <c>rulec:ignore</c> in the rule's comment silences it.</summary>
    public bool IsSuppressed { get; init; }

    /// <summary>The descriptor's ID.</summary>
    public string Id => Descriptor.Id;
}
