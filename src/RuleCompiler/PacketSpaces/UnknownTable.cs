using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>The variables that stand for what no packet tells.</summary>
internal sealed class UnknownTable
{
    private readonly Dictionary<string, int> _indices = [];
    private readonly List<UnknownVariable> _variables = [];
    private readonly Lock _lock = new();

    public UnknownVariable this[int variable]
    {
        get
        {
            lock (_lock)
            {
                return _variables[variable];
            }
        }
    }

    /// <summary>All of them so far.</summary>
    public UnknownVariable[] All()
    {
        lock (_lock)
        {
            return [.. _variables];
        }
    }

    /// <summary>The variable of a key, made when it is first asked for.</summary>
    /// <param name="key">What makes two unknowns one.</param>
    /// <param name="name">The extension or field that assumptions name.</param>
    /// <param name="isStateful">Whether every passage is a new choice.</param>
    /// <param name="isAction">Whether it is what a target does.</param>
    /// <param name="condition">What holds where it does; null where no rule says it.</param>
    public int Find(string key, string name, bool isStateful, bool isAction = false, Condition? condition = null)
    {
        lock (_lock)
        {
            if (!_indices.TryGetValue(key, out var index))
            {
                _indices[key] = index = _variables.Count;
                _variables.Add(new UnknownVariable(key, name, isStateful, isAction, condition));
            }
            return index;
        }
    }
}
