namespace RuleCompiler.DecisionTables;

/// <summary>Maps a field's value to its class: values that no predicate of the ruleset tells apart share one.</summary>
/// <remarks>
/// Classes are the elementary intervals between the end points of all sets tested, numbered upward, so an
/// interval of values is an interval of classes. Finding a class is a binary search over the end points.
/// </remarks>
internal sealed class FieldClassifier
{
    private readonly UInt128[] _starts;

    /// <param name="starts">First value of each class but the first, which begins at 0; sorted, distinct, none 0.</param>
    public FieldClassifier(UInt128[] starts) => _starts = starts;

    /// <summary>First value of each class but the first, sorted and distinct.</summary>
    public ReadOnlySpan<UInt128> Starts => _starts;

    /// <summary>Number of classes, at least 1.</summary>
    public int ClassCount => _starts.Length + 1;

    /// <summary>The class of a value, 0-based.</summary>
    public int Classify(UInt128 value)
    {
        var low = 0;
        var high = _starts.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_starts[middle] <= value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
