namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>Values of the unknowns of one packet; walks through all that make a difference.</summary>
/// <remarks>
/// A variable comes into being when it is first asked for. All evaluations between two calls of <see cref="MoveNext"/>
/// share its value, so that two dumps are compared under the same assignment.
/// </remarks>
internal sealed class SmallChoices
{
    private readonly List<(SmallVariable Variable, bool Value)> _path = [];

    /// <summary>Whether any variable was asked for.</summary>
    public bool IsEmpty => _path.Count == 0;

    /// <summary>The assignment now, as far as it was asked for.</summary>
    public IReadOnlyList<(SmallVariable Variable, bool Value)> Path => _path;

    public void Clear() => _path.Clear();

    public bool Value(SmallVariable variable)
    {
        foreach (var (known, value) in _path)
        {
            if (known == variable)
            {
                return value;
            }
        }
        _path.Add((variable, true));
        return true;
    }

    /// <summary>Goes on to another assignment; false, and empty, where all were seen.</summary>
    public bool MoveNext()
    {
        while (_path.Count > 0)
        {
            var (variable, value) = _path[^1];
            _path.RemoveAt(_path.Count - 1);
            if (value)
            {
                _path.Add((variable, false));
                return true;
            }
        }
        return false;
    }
}
