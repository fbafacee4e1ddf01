using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Targets of which no packet tells what they do: every outcome is followed.</summary>
internal sealed class UncertainTargets(
    SpaceRuleset rules, CellSplitter splitter, CellEffects effects, CellMover mover, Stack<Cell> work)
{
    /// <summary>A target not known: it goes on, accepts, or drops.</summary>
    public void Fork(Cell cell, SpaceChain chain, in SpaceRow row, RuleAction action)
    {
        var variable = rules.UnknownTable.Find($"target {rules.NameOf(chain.Symbol, row.RuleNumber)}", action.Target ?? "", isStateful: true, isAction: true);
        var known = splitter.Find(cell, variable);
        for (var choice = known ?? 0; choice <= (known ?? 2); choice++)
        {
            var one = cell.Clone();
            one.Assume(variable, choice, chain, row);
            if (choice == 0)
            {
                CellMover.SkipRule(one, row);
            }
            else if (choice == 1)
            {
                mover.Accept(one, chain, row);
            }
            else
            {
                mover.End(one, CellVerdict.Drop, null, chain, row.RuleNumber);
            }
            work.Push(one);
        }
    }

    /// <summary>TPROXY finds a socket, or drops; where the machine is not known it may do either.</summary>
    public void Proxy(Cell cell, SpaceChain chain, in SpaceRow row, RuleAction action)
    {
        foreach (var (part, address, isFound) in effects.FindListeners(cell, action))
        {
            Proxy(part, address, isFound, chain, row, action);
        }
    }

    private void Proxy(Cell cell, IpAddress? address, bool? isFound, SpaceChain chain, in SpaceRow row, RuleAction action)
    {
        var variable = rules.UnknownTable.Find($"listener {action.Effect}", "listener", isStateful: false);
        var known = isFound is { } told ? (told ? 1 : 0) : splitter.Find(cell, variable);
        if (known != 0)
        {
            var found = cell.Clone();
            Assume(found, 1, row);
            effects.Proxy(found, address, action);
            mover.Accept(found, chain, row);
            work.Push(found);
        }
        if (known != 1)
        {
            Assume(cell, 0, row);
            mover.End(cell, CellVerdict.Drop, null, chain, row.RuleNumber);
            work.Push(cell);
        }

        void Assume(Cell part, int value, in SpaceRow at)
        {
            if (isFound is null)
            {
                part.Assume(variable, value, chain, at);
            }
        }
    }
}
