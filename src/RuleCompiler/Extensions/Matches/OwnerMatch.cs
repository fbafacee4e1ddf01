using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m owner</c>: user and group of the socket a locally generated packet came from.</summary>
/// <remarks>
/// Source: net/netfilter/xt_owner.c, <c>owner_mt</c>, revision 1; iptables-extensions(8), owner.
/// Where the packet has no socket, or the socket no file, uid and gid are absent:
/// a plain test then fails and a negated one holds. <c>--suppl-groups</c> counts as a plain test of the socket.
/// </remarks>
internal sealed class OwnerMatch : MatchExtension
{
    private static readonly FlagOption Socket = new("--socket-exists") { IsNegatable = true };
    private static readonly IdOption Uid = new("--uid-owner") { IsNegatable = true };
    private static readonly IdOption Gid = new("--gid-owner") { IsNegatable = true };
    private static readonly FlagOption SupplementaryGroups = new("--suppl-groups");

    public override string Name => "owner";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [Socket, Uid, Gid, SupplementaryGroups];

    public override HookSet HooksFor(BoundExtension use) => HookSet.Output | HookSet.Postrouting;

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Find(SupplementaryGroups) is { } option && !(use.Find(Gid) is { } gid && gid.Token < option.Token))
        {
            checker.Report(use, option, ExtensionDiagnostics.NeedsOther, SupplementaryGroups.Name, Gid.Name);
        }
    }

    public override Condition Lower(BoundMatch match) => Condition.AllOf(
        match.Test(Socket, PacketField.HasSocket, AbsentField.HoldsIfNegated),
        match.Test(Uid, PacketField.Uid, AbsentField.HoldsIfNegated),
        match.Test(
            Gid,
            match.Has(SupplementaryGroups) ? PacketField.Groups : PacketField.Gid,
            AbsentField.HoldsIfNegated),
        match.Has(SupplementaryGroups) ? Condition.Field(PacketField.HasSocket, FieldSet.Present) : Condition.Always);
}
