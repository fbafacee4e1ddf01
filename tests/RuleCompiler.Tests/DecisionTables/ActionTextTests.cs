using NUnit.Framework;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.DecisionTables;

internal sealed class ActionTextTests
{
    private static readonly IpAddress Low = new(Family.IPv4, 0x0A000001);
    private static readonly IpAddress High = new(Family.IPv4, 0x0A000009);
    private static readonly IpAddress V6 = new(Family.IPv6, 1);

    private static IEnumerable<TestCaseData> Actions =>
    [
        Case(ActionKind.Accept, "ACCEPT", null, "accept"),
        Case(ActionKind.Continue, null, null, "continue"),
        Case(ActionKind.Continue, "TRACE", null, "trace"),
        Case(ActionKind.Continue, "LOG", new Effect.Log("--log-prefix \"a b\""), "log --log-prefix \"a b\""),
        Case(ActionKind.Continue, "MARK", new Effect.SetMark(1, 0xFF), "set mark 0x1/0xff"),
        Case(ActionKind.Continue, "MARK", new Effect.SetMark(1, uint.MaxValue), "set mark 0x1"),
        Case(ActionKind.Continue, "CONNMARK", new Effect.SaveMark(uint.MaxValue, uint.MaxValue), "save mark"),
        Case(ActionKind.Continue, "CONNMARK", new Effect.RestoreMark(0xFF, 0xF00), "restore mark 0xf00 to 0xff"),
        Case(ActionKind.Continue, "TTL", new Effect.SetTtl(true, -1), "set ttl -1"),
        Case(ActionKind.Continue, "HMARK", new Effect.HashMark("--hmark-mod 2"), "hmark --hmark-mod 2"),
        Case(ActionKind.Continue, "SNPT", new Effect.MapPrefix(true, V6, new(Family.IPv6, (UInt128)0xFD << 120), 48), "set source prefix fd00::/48"),
        Case(ActionKind.Synproxy, "SYNPROXY", new Effect.Other("--mss 1460"), "synproxy --mss 1460"),
        Case(ActionKind.Notrack, "CT", new Effect.Several([new Effect.Untrack(), new Effect.SetZone(5, false, null)]), "notrack set zone 5"),
        Case(ActionKind.Reject, "REJECT", new Effect.RejectWith("tcp-reset"), "reject tcp-reset"),
        Case(ActionKind.Queue, "NFQUEUE", new Effect.ToQueue(0, 3, true), "queue 0-3 bypass"),
        Case(ActionKind.Redirect, "REDIRECT", Translate(null, null, (80, 80)), "redirect :80"),
        Case(ActionKind.Redirect, "REDIRECT", Translate(null, null, null), "redirect"),
        Case(ActionKind.Dnat, "DNAT", Translate(Low, High, (80, 90)), "dnat 10.0.0.1-10.0.0.9:80-90"),
        Case(ActionKind.Dnat, "DNAT", Translate(V6, V6, (80, 80)), "dnat [::1]:80"),
        Case(ActionKind.Snat, "SNAT", Translate(Low, Low, null, TranslateFlags.Random), "snat 10.0.0.1 random"),
        Case(ActionKind.Netmap, "NETMAP", new Effect.MapNetwork(new(Family.IPv4, 0x0A000000), 0xFFFFFF00), "netmap 10.0.0.0/24"),
        Case(ActionKind.Tproxy, "TPROXY", new Effect.ProxyTo(null, 15006, 1, 1), "tproxy :15006 set mark 0x1/0x1"),
        Case(ActionKind.Unknown, "FOO\u001b", null, @"unknown FOO\x1b"),
    ];

    [TestCaseSource(nameof(Actions))]
    public string Prints(object action)
    {
        using var buffer = new Utf8Buffer();
        buffer.Append("before"u8);
        ActionText.Write(buffer, (RuleAction)action);
        return buffer.ToString()["before".Length..];
    }

    private static TestCaseData Case(ActionKind kind, string? target, Effect? effect, string text) =>
        new TestCaseData(new RuleAction(kind, target, effect)).Returns(text).SetArgDisplayNames(text);

    private static Effect.Translate Translate(
        IpAddress? low, IpAddress? high, (ushort Low, ushort High)? ports, TranslateFlags flags = TranslateFlags.None) =>
        new(low, high, ports, null, flags);
}
