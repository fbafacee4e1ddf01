using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m dccp</c>: ports of a DCCP packet (RFC 4340), its type and options.</summary>
/// <remarks>Source: net/netfilter/xt_dccp.c. No packet tells types and options, so tests of them are unknown.</remarks>
internal sealed class DccpMatch() : PortMatch("dccp", IpProtocol.Dccp, Types, Option)
{
    private static readonly WordSetOption Types = new(
        "--dccp-types",
        [
            ("REQUEST", 1), ("RESPONSE", 2), ("DATA", 4), ("ACK", 8), ("DATAACK", 16), ("CLOSEREQ", 32), ("CLOSE", 64),
            ("RESET", 128), ("SYNC", 256), ("SYNCACK", 512), ("INVALID", 1024),
        ])
    {
        IsNegatable = true,
    };

    private static readonly NumberOption Option = new("--dccp-option", 1, byte.MaxValue) { IsNegatable = true };

    protected override Condition LowerOwn(BoundMatch match) =>
        Condition.AllOf(match.UnknownTest(Types), match.UnknownTest(Option));
}
