using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m socket</c>: a socket of this host would take the packet.</summary>
/// <remarks>
/// Source: net/netfilter/xt_socket.c, <c>socket_match</c>; iptables-extensions(8), socket. A listener on the wildcard
/// address counts with <c>--nowildcard</c> only. What <c>--restore-skmark</c> does to the mark is not modelled.
/// </remarks>
internal sealed class SocketMatch : MatchExtension
{
    private static readonly FlagOption Transparent = new("--transparent");
    private static readonly FlagOption NoWildcard = new("--nowildcard");
    private static readonly FlagOption RestoreMark = new("--restore-skmark");

    public override string Name => "socket";

    public override ImmutableArray<OptionSpec> Options { get; } = [Transparent, NoWildcard, RestoreMark];

    public override HookSet HooksFor(BoundExtension use) => HookSet.Prerouting | HookSet.Input;

    public override Condition Lower(BoundMatch match)
    {
        var wanted = ReceivingSocket.Exists | (match.Has(Transparent) ? ReceivingSocket.Transparent : ReceivingSocket.None);
        var mask = wanted | (match.Has(NoWildcard) ? ReceivingSocket.None : ReceivingSocket.Wildcard);
        return Condition.Field(PacketField.ReceivingSocket, FieldSet.Masked((UInt128)(int)wanted, (UInt128)(int)mask, 3));
    }
}
