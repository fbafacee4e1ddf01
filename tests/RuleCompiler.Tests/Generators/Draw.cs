namespace RuleCompiler.Tests.Generators;

/// <summary>Random choices that a seed repeats.</summary>
internal sealed class Draw(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Chance(int percent) => _random.Next(100) < percent;

    /// <summary>A number from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public int Between(int first, int last) => _random.Next(first, last + 1);

    public T Pick<T>(params IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    /// <summary>So many of the choices, or all, in their order.</summary>
    public IReadOnlyList<T> Some<T>(int count, IReadOnlyList<T> choices)
    {
        var taken = Enumerable.Range(0, choices.Count).OrderBy(_ => _random.Next()).Take(count).Order();
        return [.. taken.Select(index => choices[index])];
    }

    /// <summary><c>! </c> in so many of a hundred cases, else nothing.</summary>
    public string Not(int percent) => Chance(percent) ? "! " : "";
}
