using System.Collections.Immutable;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>A rule; two with the same text are still two.</summary>
internal sealed class SmallRule(ImmutableArray<SmallTest> tests, SmallTarget target)
{
    public ImmutableArray<SmallTest> Tests { get; } = tests;

    public SmallTarget Target { get; } = target;

    /// <summary>What stands behind <c>-A CHAIN</c>.</summary>
    public string Text => Join(Tests.Select(test => test.Text).Append(Target.Text));

    /// <summary>What makes it a duplicate of another.</summary>
    public string Canonical => Join(Tests.Select(test => test.Canonical).Append(Target.Canonical));

    /// <summary>Whether what becomes of a packet hangs on more than the packet.</summary>
    public bool HasUnknowns => Target.Action == SmallAction.Proxy || Tests.Any(test => test.Unknown is not null);

    public bool IsUnconditional => Tests.All(test => test.Canonical.Length == 0);

    public SmallFields Fields => Tests.Aggregate(Target.Fields, (fields, test) => fields | test.Fields);

    private static string Join(IEnumerable<string> words) => string.Join(' ', words.Where(word => word.Length > 0));
}
