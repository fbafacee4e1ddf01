using RuleCompiler.Scenarios;

namespace RuleCompiler.Cli.Output;

/// <summary>A failure as one text of several lines, for formats that hold a message.</summary>
internal static class FailureText
{
    /// <summary>Expected and actual, in a line.</summary>
    public static string Headline(Failure failure) => $"expected {failure.Expected}, but is {failure.Actual}";

    /// <summary>The headline, the packet, the details; LF between them.</summary>
    public static string Write(Failure failure) => string.Join('\n',
    [
        Headline(failure),
        .. failure.Witness is { } witness ? [$"packet {witness}"] : Array.Empty<string>(),
        .. failure.Details,
    ]);
}
