using System.Diagnostics;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation.Classifier;
using RuleCompiler.Extensions.Targets;
using RuleCompiler.Symbols;

namespace RuleCompiler.Evaluation;

/// <summary>Walks a packet through a base chain and the chains it calls, row by row, on an explicit stack.</summary>
/// <remarks>
/// Where only the end counts and many packets come, a base chain is searched by its <see cref="ChainClassifier"/>
/// instead; what that cannot tell by itself is asked and done here, row by row.
/// Source: net/ipv4/netfilter/ip_tables.c, <c>ipt_do_table</c>; net/netfilter/nf_tables_core.c, <c>nft_do_chain</c>.
/// A jump remembers where to come back; a goto does not, so the end of its chain comes back where the chain that
/// holds the goto would have.
/// </remarks>
internal sealed class ChainWalk(
    CompiledRuleset rules, PacketState state, RowTester tester, EffectApplier effects, NatTranslator translator,
    Unknowns unknowns, ChainClassifiers classifiers)
{
    private readonly TransparentProxy _proxy = new(state, effects);
    private readonly uint[] _point = new uint[BoxTree.MaxLaneCount];
    private Frame[] _stack = new Frame[16];
    private int _depth;

    /// <summary>Whether a queue that nobody listens to ended the last base chain.</summary>
    public bool EndedInQueue { get; private set; }

    /// <summary>Runs a base chain.</summary>
    /// <returns><see cref="Verdict.Accept"/> where the packet goes on with the next table.</returns>
    /// <exception cref="EvaluationLimitException">The chains call each other in a circle.</exception>
    public Verdict Run(DecisionTable baseChain, ITraceSink sink)
    {
        EndedInQueue = false;
        var classifier = sink.WantsCalls ? null : classifiers.Find(baseChain);
        var end = classifier is not null && classifier.TryLocate(state, _point)
            ? Search(classifier, sink)
            : Walk(baseChain, sink);
        if (end is { } verdict)
        {
            return verdict;
        }
        sink.EndInPolicy(baseChain.Chain);
        return baseChain.Chain.PolicyDrops ? Verdict.Drop : Verdict.Accept;
    }

    /// <summary>Goes from one entry that the packet matches to the next. Nothing that the entries do changes its point.</summary>
    /// <returns>Null at the end of the chain.</returns>
    private Verdict? Search(ChainClassifier classifier, ITraceSink sink)
    {
        var next = 0;
        while (classifier.Find(_point, next) is var index and not BoxSearch.None)
        {
            var entry = classifier.Entries[index];
            next = entry.IsReturn ? entry.Resume : index + 1;
            if (entry.RowIndex == ChainEntry.EndOfGoto)
            {
                continue;
            }
            ref readonly var row = ref entry.Table.Rows[entry.RowIndex];
            if (!entry.IsExact && !tester.Matches(row, new RuleSymbol(entry.Table.Chain, row.RuleNumber)))
            {
                next = index + 1;
                continue;
            }
            if (row.Kind == ActionKind.Return)
            {
                continue;
            }
            var isCall = row.Kind is ActionKind.Jump or ActionKind.Goto;
            if ((isCall ? Walk(rules.Tables[row.Target], sink) : Act(entry.Table.Chain, row, sink)) is { } verdict)
            {
                return verdict;
            }
            if (row.Kind == ActionKind.Goto)
            {
                next = entry.Resume;
            }
        }
        return null;
    }

    /// <returns>Null at the end of the chain.</returns>
    private Verdict? Walk(DecisionTable first, ITraceSink sink)
    {
        _depth = 0;
        var frame = Enter(first, 0, sink);
        while (true)
        {
            var table = frame.Table;
            if (frame.Rows is { } rows)
            {
                frame.NextRow = Math.Min(rows.Next(state, frame.NextRow), table.Rows.Length);
            }
            if (frame.NextRow == table.Rows.Length)
            {
                if (_depth == 0)
                {
                    return null;
                }
                frame = _stack[--_depth];
                continue;
            }
            ref readonly var row = ref table.Rows[frame.NextRow++];
            var place = new RuleSymbol(table.Chain, row.RuleNumber);
            if (!tester.Matches(row, place))
            {
                if (sink.WantsPassedRows)
                {
                    sink.PassBy(table.Chain, row, TargetOf(row), tester.FailedReference);
                }
                continue;
            }
            switch (row.Kind)
            {
                case ActionKind.Jump:
                    sink.Match(table.Chain, row, row.Kind, TargetOf(row));
                    Push(frame);
                    frame = Enter(rules.Tables[row.Target], 0, sink);
                    break;
                case ActionKind.Goto:
                    sink.Match(table.Chain, row, row.Kind, TargetOf(row));
                    frame = Enter(rules.Tables[row.Target], frame.GotoCount + 1, sink);
                    RefuseCircle(frame.GotoCount);
                    break;
                case ActionKind.Return:
                    sink.Match(table.Chain, row, row.Kind, TargetOf(row));
                    frame.NextRow = table.Rows.Length;
                    break;
                default:
                    if (Act(table.Chain, row, sink) is { } verdict)
                    {
                        return verdict;
                    }
                    break;
            }
        }
    }

    private Frame Enter(DecisionTable table, int gotoCount, ITraceSink sink) =>
        new(table, 0, gotoCount, sink.WantsPassedRows ? null : classifiers.FindRows(table));

    /// <summary>Does what a row's action says, jumps aside.</summary>
    /// <returns>Null where the next row is met.</returns>
    private Verdict? Act(ChainSymbol chain, in Row row, ITraceSink sink)
    {
        var action = rules.Actions[row.Target];
        var kind = row.Kind switch
        {
            ActionKind.Unknown => ChooseKind(action, new RuleSymbol(chain, row.RuleNumber)),
            ActionKind.Synproxy => FindSynproxyKind((UInt128)(int)state.Packet.TcpFlags),
            _ => row.Kind,
        };
        sink.Match(chain, row, kind, action.Target);
        switch (kind)
        {
            case ActionKind.Continue or ActionKind.Notrack:
                effects.Apply(action.Effect, sink);
                return null;
            case ActionKind.Accept:
                return Verdict.Accept;
            case ActionKind.Drop:
                return Verdict.Drop;
            case ActionKind.Synproxy:
                return Verdict.Stolen;
            case ActionKind.Reject:
                return Verdict.Reject;
            case ActionKind.Queue:
                // Nobody is known to listen: --queue-bypass then goes on as after ACCEPT.
                EndedInQueue = true;
                return action.Effect is Effect.ToQueue { Bypass: true } ? Verdict.Accept : Verdict.Queue;
            case ActionKind.Redirect or ActionKind.Dnat or ActionKind.Snat or ActionKind.Masquerade or ActionKind.Netmap:
                return translator.Apply(kind, action.Effect, sink) ? Verdict.Accept : Verdict.Drop;
            case ActionKind.Tproxy when action.Effect is Effect.ProxyTo target:
                return _proxy.Apply(target, sink) ? Verdict.Accept : Verdict.Drop;
            default:
                throw new UnreachableException();
        }
    }

    private static ActionKind FindSynproxyKind(UInt128 flags) =>
        SynproxyTarget.Opening.Contains(flags) ? ActionKind.Synproxy
        : SynproxyTarget.Answer.Contains(flags) ? ActionKind.Drop
        : ActionKind.Continue;

    private ActionKind ChooseKind(RuleAction action, RuleSymbol place) =>
        unknowns.ChooseAction(action.Target ?? "", place) switch
        {
            "accept" => ActionKind.Accept,
            "drop" => ActionKind.Drop,
            _ => ActionKind.Continue,
        };

    private string? TargetOf(in Row row) =>
        row.Kind is ActionKind.Jump or ActionKind.Goto ? rules.Tables[row.Target].Chain.Name : rules.Actions[row.Target].Target;

    private void Push(Frame frame)
    {
        RefuseCircle(_depth);
        if (_depth == _stack.Length)
        {
            Array.Resize(ref _stack, 2 * _depth);
        }
        _stack[_depth++] = frame;
    }

    /// <summary>More calls deep, or gotos in a row, than there are chains: one of them was met twice on this path.</summary>
    private void RefuseCircle(int count)
    {
        if (count > rules.Tables.Length)
        {
            throw new EvaluationLimitException("Chains call each other in a circle");
        }
    }

    /// <summary>Where a chain is to go on.</summary>
    /// <param name="Table">The chain.</param>
    /// <param name="NextRow">Index of its next row.</param>
    /// <param name="GotoCount">How many gotos led here since the last jump.</param>
    /// <param name="Rows">Finds the next row that the packet may match; null to try each.</param>
    private record struct Frame(DecisionTable Table, int NextRow, int GotoCount, IRowFinder? Rows);
}
