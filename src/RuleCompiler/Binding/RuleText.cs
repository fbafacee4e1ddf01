using RuleCompiler.Extensions;

namespace RuleCompiler.Binding;

/// <summary>A rule as iptables-save prints it, without <c>-A CHAIN</c>.</summary>
/// <remarks>Source: iptables/iptables-save.c and nft-shared.c, <c>nft_rule_print_save</c>.</remarks>
internal static class RuleText
{
    public static string Of(BoundRule rule) => Of(rule, _ => true);

    /// <summary>The same, of the matches wanted.</summary>
    public static string Of(BoundRule rule, Func<BoundMatch, bool> isWanted)
    {
        var writer = new RuleTextWriter();
        WriteMatches(rule, writer, isWanted);
        if (rule.Callee is { } callee)
        {
            writer.Option(rule.IsGoto ? "-g" : "-j");
            writer.Word(Argument(callee.Name));
        }
        else if (rule.Target is { } target)
        {
            writer.Option("-j");
            writer.Word(target.Extension.Name);
            target.Extension.WriteOptions(target, writer);
        }
        else if (rule.UnknownTarget is { } unknown)
        {
            writer.Option("-j");
            writer.Word(Argument(unknown) + rule.UnknownTargetOptions);
        }
        return writer.ToString();
    }

    /// <summary>A name that a user gave, as a rule has it: in quotes only where it could not be read without.</summary>
    public static string Argument(string name) => RuleTextWriter.IsReadAsIs(name)
        ? name
        : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Writes the matches, those that the compiler does not know among them, in the order in which they were given.</summary>
    private static void WriteMatches(BoundRule rule, RuleTextWriter writer, Func<BoundMatch, bool> isWanted)
    {
        var unknowns = rule.UnknownOptions;
        var nextUnknown = 0;
        foreach (var match in NativeMatches.Join(rule.Matches.Where(isWanted)))
        {
            if (!ReferenceEquals(match.Extension, ExtensionCatalog.Ip))
            {
                for (; nextUnknown < unknowns.Length && unknowns[nextUnknown].Token < match.NameToken; nextUnknown++)
                {
                    Write(unknowns[nextUnknown], writer);
                }
                writer.Option("-m");
                writer.Word(match.Extension.Name);
            }
            match.Extension.WriteOptions(match, writer);
        }
        for (; nextUnknown < unknowns.Length; nextUnknown++)
        {
            Write(unknowns[nextUnknown], writer);
        }
    }

    private static void Write(UnknownOption unknown, RuleTextWriter writer)
    {
        if (unknown.IsMatch)
        {
            writer.Option("-m");
            writer.Word(Argument(unknown.Name) + unknown.Text[unknown.Name.Length..]);
        }
        else
        {
            writer.Word(unknown.Text);
        }
    }
}
