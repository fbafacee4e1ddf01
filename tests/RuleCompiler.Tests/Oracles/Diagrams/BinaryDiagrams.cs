namespace RuleCompiler.Tests.Oracles.Diagrams;

/// <summary>Reduced ordered binary decision diagrams: sets of bit strings, each set one number.</summary>
/// <remarks>
/// R. E. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", IEEE Transactions on Computers C-35 (1986).
/// Equal sets have equal numbers, so a set is empty exactly where it is <see cref="Nothing"/>.
/// </remarks>
internal sealed class BinaryDiagrams
{
    public const int Nothing = 0;
    public const int Everything = 1;

    private readonly List<(int Level, int Low, int High)> _nodes = [(int.MaxValue, 0, 0), (int.MaxValue, 1, 1)];
    private readonly Dictionary<(int Level, int Low, int High), int> _numbers = [];
    private readonly Dictionary<(int Test, int Then, int Else), int> _known = [];

    /// <summary>The strings with a bit set.</summary>
    public int Bit(int level) => Node(level, Nothing, Everything);

    public int Not(int set) => Choose(set, Nothing, Everything);

    public int And(int left, int right) => Choose(left, right, Nothing);

    public int Or(int left, int right) => Choose(left, Everything, right);

    public int Without(int set, int other) => Choose(other, Nothing, set);

    /// <summary>The strings of <paramref name="then"/> that are in <paramref name="test"/>, and those of <paramref name="else"/> that are not.</summary>
    public int Choose(int test, int then, int @else)
    {
        if (test == Everything || then == @else)
        {
            return then;
        }
        if (test == Nothing)
        {
            return @else;
        }
        if ((then, @else) == (Everything, Nothing))
        {
            return test;
        }
        if (!_known.TryGetValue((test, then, @else), out var result))
        {
            var level = Math.Min(_nodes[test].Level, Math.Min(_nodes[then].Level, _nodes[@else].Level));
            result = Node(
                level,
                Choose(Low(test, level), Low(then, level), Low(@else, level)),
                Choose(High(test, level), High(then, level), High(@else, level)));
            _known.Add((test, then, @else), result);
        }
        return result;
    }

    /// <summary>The strings whose bits from a level on, highest first, are a number of a range.</summary>
    public int Range(int level, int width, UInt128 low, UInt128 high) => And(AtLeast(level, width, low), Not(Above(level, width, high)));

    private int AtLeast(int level, int width, UInt128 number) => Compare(level, width, number, atEnd: Everything);

    private int Above(int level, int width, UInt128 number) => Compare(level, width, number, atEnd: Nothing);

    private int Compare(int level, int width, UInt128 number, int atEnd)
    {
        var result = atEnd;
        for (var bit = 0; bit < width; bit++)
        {
            var own = level + width - 1 - bit;
            result = (number >> bit & 1) == 1 ? Node(own, Nothing, result) : Node(own, result, Everything);
        }
        return result;
    }

    private int Low(int set, int level) => _nodes[set].Level == level ? _nodes[set].Low : set;

    private int High(int set, int level) => _nodes[set].Level == level ? _nodes[set].High : set;

    private int Node(int level, int low, int high)
    {
        if (low == high)
        {
            return low;
        }
        if (!_numbers.TryGetValue((level, low, high), out var number))
        {
            _numbers.Add((level, low, high), number = _nodes.Count);
            _nodes.Add((level, low, high));
        }
        return number;
    }
}
