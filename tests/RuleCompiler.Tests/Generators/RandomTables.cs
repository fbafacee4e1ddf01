namespace RuleCompiler.Tests.Generators;

/// <summary>Takes a dump apart.</summary>
internal static class RandomTables
{
    /// <summary>The tables of a dump, each as a dump by itself; not nat, which is beyond the reference.</summary>
    public static IEnumerable<string> OneByOne(string dump) =>
        dump.Split("COMMIT\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(table => !table.StartsWith("*nat", StringComparison.Ordinal))
            .Select(table => table + "COMMIT\n");
}
