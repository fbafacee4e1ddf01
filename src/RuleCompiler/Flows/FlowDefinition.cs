using System.Collections.Immutable;

namespace RuleCompiler.Flows;

/// <summary>A flow as a profile defines it: who talks to whom, and what the article says of it.</summary>
/// <param name="Number">1 to 6 for the article's, above for a profile's own.</param>
/// <param name="Name">Such as <c>Remote Pod -> Local Pod</c>.</param>
/// <param name="Opener">Who opens the first connection.</param>
/// <param name="Destination">Where it goes.</param>
/// <param name="Captures">The listeners it is meant to pass, in order.</param>
public sealed record FlowDefinition(
    int Number, string Name, Role Opener, FlowDestination Destination, ImmutableArray<CapturePoint> Captures)
{
    /// <summary>The opener's name.</summary>
    public string From { get; init; } = "";

    /// <summary>The name of who gets it in the end.</summary>
    public string To { get; init; } = "";

    /// <summary><c>tcp</c> or <c>udp</c>.</summary>
    public string Protocol { get; init; } = "tcp";

    /// <summary>The article's path; null where the article does not have the flow.</summary>
    public string? Article { get; init; }

    /// <summary>For each leg the number of the rule that the article lets decide; null for a leg that meets none of them.</summary>
    public ImmutableArray<int?> ArticleLegs { get; init; } = [];

    /// <summary>Why the article's path cannot be met, where that holds for every dump.</summary>
    public string? Note { get; init; }
}
