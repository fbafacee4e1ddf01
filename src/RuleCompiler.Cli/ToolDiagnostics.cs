using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Cli;

/// <summary>What can go wrong around the compiler: <c>IPT9xxx</c>. No input shows them, so they have no example.</summary>
internal static class ToolDiagnostics
{
    /// <summary>A fault of the tool.</summary>
    public static DiagnosticDescriptor InternalError { get; } = new("IPT9001", DiagnosticSeverity.Error)
    {
        Title = "Internal error",
        Message = "Internal error: {0}",
        Explanation = "rulec met a case that its authors did not foresee; nothing is wrong with your command. Report it to the "
            + "project with the command line, the input (or the smallest part of it that shows the error), and what the "
            + "same command prints with --verbosity diagnostic.",
        Example = "",
        Corrected = "",
    };

    /// <summary>An input that cannot be read.</summary>
    public static DiagnosticDescriptor UnreadableInput { get; } = new("IPT9002", DiagnosticSeverity.Error)
    {
        Title = "Input cannot be read",
        Message = "{0}",
        Explanation = "The file does not exist, is a directory, may not be read, is a damaged .gz file, or is larger than "
            + "1 GiB. A FILE may be '-' for standard input, which is also meant where no FILE is given and standard "
            + "input is not a terminal.",
        Example = "",
        Corrected = "",
    };

    /// <summary>An output that cannot be written.</summary>
    public static DiagnosticDescriptor UnwritableOutput { get; } = new("IPT9003", DiagnosticSeverity.Error)
    {
        Title = "Output cannot be written",
        Message = "{0}",
        Explanation = "The result is written to a temporary file beside the one named and then renamed, so the folder must "
            + "be writable. A file that was there before is left as it was.",
        Example = "",
        Corrected = "",
    };

    /// <summary>A question too large to answer.</summary>
    public static DiagnosticDescriptor LimitReached { get; } = new("IPT9004", DiagnosticSeverity.Error)
    {
        Title = "Limit reached",
        Message = "{0}",
        Explanation = "The answer would have taken more time or room than allowed, so none is given rather than a guess. "
            + "Where a packet has too many outcomes, fix some of what it does not tell with --assume.",
        Example = "",
        Corrected = "",
    };

    /// <summary>Settings, or a baseline, that cannot be used.</summary>
    public static DiagnosticDescriptor UnusableSettings { get; } = new("IPT9005", DiagnosticSeverity.Error)
    {
        Title = "Settings cannot be used",
        Message = "{0}",
        Explanation = "The nearest .rulec.json at a dump's folder or above it, and the baseline it or --baseline names, are read "
            + "before anything is linted. What is wrong there is an error, since a setting that is passed by would let "
            + "a finding through. 'rulec lint --help' shows such a file.",
        Example = "",
        Corrected = "",
    };

    /// <summary>All of them, by ID.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [InternalError, UnreadableInput, UnwritableOutput, LimitReached, UnusableSettings];
}
