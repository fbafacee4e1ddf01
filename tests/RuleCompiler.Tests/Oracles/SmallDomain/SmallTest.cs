namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>One match of a rule: its text, and what it means, written down a second time.</summary>
/// <param name="Text">As it stands in the rule.</param>
/// <param name="Fields">What it looks at.</param>
/// <param name="Holds">Of a known packet; for an unknown, of the outcome chosen.</param>
internal sealed record SmallTest(string Text, SmallFields Fields, Func<SmallPacket, bool> Holds)
{
    /// <summary>What <c>iptables-save</c> prints for it; empty for a comment.</summary>
    public string Canonical { get; init; } = Text;

    /// <summary>What no packet tells: the name of the variable; null for a test of the packet.</summary>
    public string? Unknown { get; init; }

    /// <summary>Whether the unknown is a new one in each rule and at each passage, rather than one a packet.</summary>
    public bool IsStateful { get; init; }

    /// <summary>Whether the test holds where its unknown does not.</summary>
    public bool IsNegated { get; init; }
}
