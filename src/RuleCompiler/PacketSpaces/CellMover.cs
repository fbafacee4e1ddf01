using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Moves cells from rule to rule, from chain to chain and from table to table of a hook.</summary>
/// <param name="rules">The rules.</param>
/// <param name="hook">The hook.</param>
/// <param name="splitter">Says what packets are now.</param>
/// <param name="work">Takes the parts of a cell that go another way.</param>
internal sealed class CellMover(SpaceRuleset rules, Hook hook, CellSplitter splitter, Stack<Cell> work)
{
    private readonly int _stateDimension = rules.Layout[PacketField.ConntrackState].Index;
    private readonly int _destinationDimension = rules.Layout[PacketField.Destination].Index;
    private readonly int _protocolDimension = rules.Layout[PacketField.Protocol].Index;
    private readonly ulong _icmp = rules.Layout[PacketField.Protocol] is var protocol
        ? protocol.CodeOf(protocol.ClassOf(rules.Layout.Family == Family.IPv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6)) : 0;

    /// <summary>Whether nat chains are passed by.</summary>
    public bool IsWithoutNat { get; set; }

    /// <summary>Whether one chain is looked at by itself: its end, RETURN and ACCEPT end the way.</summary>
    public bool IsLocal { get; set; }

    /// <summary>A rule that stands first in its chain.</summary>
    public RuleKey? Promoted { get; set; }

    /// <summary>Goes on behind a rule, all its boxes included.</summary>
    public static void SkipRule(Cell cell, in SpaceRow row)
    {
        if (cell.Next < 0)
        {
            cell.Next = 0;
            return;
        }
        if (cell.Rows is not { } rows)
        {
            cell.Next = row.NextRule;
            return;
        }
        do
        {
            cell.Next++;
        }
        while (cell.Next < rows.Length && rows[cell.Next] < row.NextRule);
    }

    /// <summary>
    /// Packets were changed by the rule that they are behind: of the chain's next rows they may meet others than those
    /// found when they entered it.
    /// </summary>
    public static void ForgetRows(Cell cell, SpaceChain chain)
    {
        if (cell.Rows is { } rows)
        {
            cell.Next = cell.Next == 0 ? 0 : chain.Rows[rows[cell.Next - 1]].NextRule;
            cell.Rows = null;
        }
    }

    /// <summary>Goes to the beginning of a chain.</summary>
    public void EnterChain(Cell cell, SpaceChain chain, Frame? caller)
    {
        cell.Chain = chain;
        cell.Caller = caller;
        cell.Next = Promoted is { } promoted && promoted.Chain == chain.Symbol.Index ? -chain.RowCountOf(promoted.Rule) : 0;
        cell.IsEntered = false;
        cell.Rows = chain.Tree?.Find(BoxNow(cell));
    }

    /// <summary>The wide constraints on what the packets are now.</summary>
    private ulong[] BoxNow(Cell cell)
    {
        if (cell.Changes is null && cell.Tracking == TrackingPhase.Tracked)
        {
            return cell.Box;
        }
        ulong[] box = [.. cell.Box];
        for (var d = rules.Layout.NarrowCount; d < box.Length; d++)
        {
            box[d] = splitter.CodeNow(cell, d);
        }
        return box;
    }

    /// <summary>Goes to the base chain of a table, or past those that are not asked; behind the last one the packets are accepted.</summary>
    public void EnterStage(Cell cell, int stage)
    {
        var stages = rules.Stages[(int)hook];
        while (true)
        {
            cell.Stage = stage;
            if (stage == stages.Length)
            {
                ForgetEntry(cell);
                cell.Chain = null;
                cell.Verdict = CellVerdict.Accept;
                break;
            }
            var table = stages[stage].Symbol.Table;
            if (table != TableKind.Raw)
            {
                ForgetEntry(cell);
                cell.Tracking = cell.Tracking is TrackingPhase.Before or TrackingPhase.Prepared ? TrackingPhase.Tracked : cell.Tracking;
            }
            if (table != TableKind.Nat)
            {
                EnterChain(cell, stages[stage], null);
                break;
            }
            var states = cell.Box[_stateDimension];
            var isIcmp = Boxes.Meet(cell.Box[_protocolDimension], _icmp, _protocolDimension < rules.Layout.NarrowCount) != Boxes.Nothing;
            var asked = cell.Tracking == TrackingPhase.Untracked || IsWithoutNat ? 0 : splitter.NewStates | (isIcmp ? 0 : splitter.RelatedStates);
            if ((states & asked) != 0 && (states & ~asked) != 0)
            {
                var others = cell.Clone();
                others.Box[_stateDimension] = states & ~asked;
                EnterStage(others, stage + 1);
                work.Push(others);
                cell.Box[_stateDimension] = states & asked;
            }
            if ((states & asked) != 0)
            {
                EnterChain(cell, stages[stage], null);
                break;
            }
            stage++;
        }
    }

    /// <summary>Leaves a chain by its end or by RETURN: back to the caller, or to the policy.</summary>
    public void EndChain(Cell cell, int returnRule = 0)
    {
        if (cell.Caller is { } caller)
        {
            cell.Chain = caller.Chain;
            cell.Rows = caller.Rows;
            cell.Next = caller.Next;
            cell.Caller = caller.Caller;
            if (!ReferenceEquals(cell.Changes, caller.Changes) || cell.Tracking != caller.Tracking)
            {
                ForgetRows(cell, caller.Chain);
            }
            return;
        }
        var chain = cell.Chain ?? throw new InvalidOperationException();
        if (IsLocal)
        {
            End(cell, CellVerdict.Return, null, chain, returnRule);
            return;
        }
        var baseChain = rules.Stages[(int)hook][cell.Stage];
        if (baseChain.Symbol.PolicyDrops)
        {
            End(cell, CellVerdict.Drop, null, baseChain, 0);
        }
        else
        {
            GoOn(cell, baseChain, 0);
        }
    }

    /// <summary>Accepts in this table: the packets go on with the next one.</summary>
    /// <param name="isQueued">Whether a queue that nobody listens to lets them go on: nf_tables then does not look for their way again.</param>
    public void Accept(Cell cell, SpaceChain chain, in SpaceRow row, bool isQueued = false)
    {
        if (IsLocal)
        {
            End(cell, CellVerdict.Accept, null, chain, row.RuleNumber);
        }
        else
        {
            GoOn(cell, chain, row.RuleNumber, isQueued && rules.Compiled.Flavour == Flavour.Nft);
        }
    }

    /// <summary>Leaves the table for the next one.</summary>
    private void GoOn(Cell cell, SpaceChain chain, int rule, bool keepsRoute = false)
    {
        var table = rules.Stages[(int)hook][cell.Stage].Symbol.Table;
        var isRouted = table switch
        {
            TableKind.Mangle => !keepsRoute,
            TableKind.Nat => cell.Changes?[_destinationDimension] is not null,
            _ => false,
        };
        if (isRouted && hook == Hook.Output)
        {
            cell.RoutedChanges = cell.Changes;
            cell.MangledDestination = table == TableKind.Mangle ? cell.Changes?[_destinationDimension] : cell.MangledDestination;
        }
        cell.DecidingChain = chain.Symbol;
        cell.DecidingRule = rule;
        if (rule != 0 || cell.Taker is null)
        {
            cell.Taker = new Taker(chain.Symbol, rule, hook);
        }
        EnterStage(cell, cell.Stage + 1);
    }

    /// <summary>Behind raw, packets that came untracked are as they came: no rule has done that.</summary>
    private void ForgetEntry(Cell cell)
    {
        if (splitter.WasUntracked(cell))
        {
            cell.Tracking = TrackingPhase.Tracked;
        }
    }

    /// <summary>Gives the verdict.</summary>
    public void End(Cell cell, CellVerdict verdict, string? detail, SpaceChain chain, int rule)
    {
        ForgetEntry(cell);
        cell.Taker = new Taker(chain.Symbol, rule, hook);
        cell.Chain = null;
        cell.Verdict = verdict;
        cell.VerdictDetail = detail;
        cell.DecidingChain = chain.Symbol;
        cell.DecidingRule = rule;
    }
}
