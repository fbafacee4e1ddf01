using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RuleCompiler.DecisionTables;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing.Overlay;

/// <summary>Writes a base chain and what it calls as one list.</summary>
/// <remarks>
/// A called chain stands in its call's place, its boxes met with the call's; RETURN becomes a row that skips to behind the call.
/// Chains that are called from several places and are not short stay calls, named by a hash of all that they hold: equal names,
/// equal chains. Fields that rules of the chain change are no part of boxes, since what they say depends on what came before.
/// </remarks>
internal sealed class ListFlattener
{
    private const int Short = 24;
    private readonly SpaceRuleset _rules;
    private readonly ActionNumbers _numbers;
    private readonly int[] _callers;
    private readonly long[] _sizes;
    private readonly int[] _actions;
    private readonly string?[] _hashes;
    private readonly List<FlatRow> _rows = [];
    private readonly List<SpaceTest> _tests = [];
    private bool[] _changed = [];

    public ListFlattener(SpaceRuleset rules, ActionNumbers numbers)
    {
        _rules = rules;
        _numbers = numbers;
        _callers = new int[rules.Chains.Length];
        _sizes = new long[rules.Chains.Length];
        _hashes = new string?[rules.Chains.Length];
        _actions = [.. rules.Compiled.Actions.Select(numbers.Of)];
        foreach (var chain in rules.Chains)
        {
            foreach (ref readonly var row in chain.Rows.AsSpan())
            {
                if (row.Kind is ActionKind.Jump or ActionKind.Goto)
                {
                    _callers[row.Target]++;
                }
            }
        }
    }

    /// <summary>The list of a base chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="changed">By dimension: whether rules of the chain change it, in either dump.</param>
    public FlatList Flatten(SpaceChain chain, bool[] changed)
    {
        _changed = changed;
        _rows.Clear();
        _tests.Clear();
        Add(chain, [], "", hasHistory: false);
        return new FlatList([.. _rows], [.. _tests], chain.Symbol.PolicyDrops ? ActionNumbers.Drop : ActionNumbers.Accept);
    }

    private void Add(SpaceChain chain, SpaceTest[] call, string guard, bool hasHistory)
    {
        var returns = new List<int>();
        foreach (ref readonly var row in chain.Rows.AsSpan())
        {
            var kind = row.Kind;
            if (kind == ActionKind.Continue && _actions[row.Target] == ActionNumbers.Nothing)
            {
                continue;
            }
            var first = _tests.Count;
            if (!AddTests(call, row))
            {
                CollectionsMarshal.SetCount(_tests, first);
                continue;
            }
            var (own, hangsOnHistory) = row.UnknownCount == 0 && guard.Length == 0 && !AsksChanged(row)
                ? ("", false) : GuardOf(row, guard, hasHistory);
            switch (kind)
            {
                case ActionKind.Jump or ActionKind.Goto:
                    var box = _tests.GetRange(first, _tests.Count - first).ToArray();
                    var callee = _rules.Chains[row.Target];
                    if (IsWrittenOut(callee))
                    {
                        CollectionsMarshal.SetCount(_tests, first);
                        Add(callee, box, own, hangsOnHistory);
                    }
                    else
                    {
                        AddRow(first, own, hangsOnHistory, _numbers.Of($"call {HashOf(callee)}"), ends: false);
                    }
                    if (kind == ActionKind.Goto)
                    {
                        first = _tests.Count;
                        _tests.AddRange(box);
                        returns.Add(_rows.Count);
                        AddRow(first, own, hangsOnHistory, ActionNumbers.Nothing, ends: false);
                    }
                    break;
                case ActionKind.Return:
                    returns.Add(_rows.Count);
                    AddRow(first, own, hangsOnHistory, ActionNumbers.Nothing, ends: false);
                    break;
                case ActionKind.Unknown:
                    AddRow(first, own, hangsOnHistory: true, _numbers.Of($"unknown {_rules.NameOf(chain.Symbol, row.RuleNumber)}"), ends: false);
                    break;
                default:
                    AddRow(first, own, hangsOnHistory, _actions[row.Target], kind is not (ActionKind.Continue or ActionKind.Notrack or ActionKind.Synproxy));
                    break;
            }
        }
        foreach (var index in returns)
        {
            _rows[index] = _rows[index] with { SkipTo = _rows.Count };
        }
    }

    private void AddRow(int firstTest, string guard, bool hangsOnHistory, int action, bool ends) =>
        _rows.Add(new FlatRow(firstTest, _tests.Count - firstTest, guard.Length == 0 ? ActionNumbers.Nothing : _numbers.Of(guard), action, -1, ends, hangsOnHistory));

    /// <summary>The common box of call and row, without fields that rules change; false where they do not meet.</summary>
    private bool AddTests(SpaceTest[] call, in SpaceRow row)
    {
        var tests = _rules.TestsOf(row);
        int i = 0, j = 0;
        while (i < call.Length || j < tests.Length)
        {
            if (j == tests.Length || (i < call.Length && call[i].Dimension < tests[j].Dimension))
            {
                _tests.Add(call[i++]);
            }
            else if (_changed[tests[j].Dimension])
            {
                j++;
            }
            else if (i == call.Length || tests[j].Dimension < call[i].Dimension)
            {
                _tests.Add(tests[j++]);
            }
            else
            {
                var dimension = tests[j].Dimension;
                var code = Boxes.Meet(call[i++].Code, tests[j++].Code, dimension < _rules.Layout.NarrowCount);
                if (code == Boxes.Nothing)
                {
                    return false;
                }
                _tests.Add(new SpaceTest(dimension, code));
            }
        }
        return true;
    }

    private bool AsksChanged(in SpaceRow row)
    {
        foreach (var test in _rules.TestsOf(row))
        {
            if (_changed[test.Dimension])
            {
                return true;
            }
        }
        return false;
    }

    private (string Guard, bool HasHistory) GuardOf(in SpaceRow row, string guard, bool hasHistory)
    {
        foreach (var (dimension, code) in _rules.TestsOf(row))
        {
            guard += _changed[dimension] ? string.Create(CultureInfo.InvariantCulture, $" {dimension}={code}") : "";
        }
        foreach (var (variable, isWanted) in _rules.UnknownsOf(row))
        {
            guard += string.Create(CultureInfo.InvariantCulture, $" {(isWanted ? "" : "!")}u{variable}");
            hasHistory |= _rules.UnknownTable[variable].IsStateful;
        }
        return (guard, hasHistory);
    }

    private bool IsWrittenOut(SpaceChain callee) => _callers[callee.Symbol.Index] == 1 || SizeOf(callee) <= Short;

    private long SizeOf(SpaceChain chain)
    {
        ref var size = ref _sizes[chain.Symbol.Index];
        if (size == 0)
        {
            long sum = 1;
            foreach (ref readonly var row in chain.Rows.AsSpan())
            {
                sum += row.Kind is ActionKind.Jump or ActionKind.Goto ? 1 + SizeOf(_rules.Chains[row.Target]) : 1;
            }
            size = sum;
        }
        return size;
    }

    private string HashOf(SpaceChain chain)
    {
        if (_hashes[chain.Symbol.Index] is { } known)
        {
            return known;
        }
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ref readonly var row in chain.Rows.AsSpan())
        {
            hash.AppendData(MemoryMarshal.AsBytes(_rules.TestsOf(row)));
            hash.AppendData(MemoryMarshal.AsBytes(_rules.UnknownsOf(row)));
            hash.AppendData([(byte)row.Kind, (byte)row.TestCount, (byte)row.UnknownCount]);
            hash.AppendData(row.Kind switch
            {
                ActionKind.Jump or ActionKind.Goto => Convert.FromHexString(HashOf(_rules.Chains[row.Target])),
                ActionKind.Return => [],
                ActionKind.Unknown => System.Text.Encoding.UTF8.GetBytes(_rules.NameOf(chain.Symbol, row.RuleNumber)),
                _ => BitConverter.GetBytes(_actions[row.Target]),
            });
        }
        return _hashes[chain.Symbol.Index] = Convert.ToHexString(hash.GetHashAndReset());
    }
}
