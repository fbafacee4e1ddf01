using RuleCompiler.Extensions;

namespace RuleCompiler.Binding;

/// <summary>A rule as iptables-save prints it, without <c>-A CHAIN</c>.</summary>
/// <remarks>Source: iptables/iptables-save.c and nft-shared.c, <c>nft_rule_print_save</c>.</remarks>
internal static class RuleText
{
    public static string Of(BoundRule rule)
    {
        var writer = new RuleTextWriter();
        foreach (var match in rule.Matches)
        {
            if (!ReferenceEquals(match.Extension, ExtensionCatalog.Ip))
            {
                writer.Option("-m");
                writer.Word(match.Extension.Name);
            }
            match.Extension.WriteOptions(match, writer);
        }
        foreach (var unknown in rule.UnknownOptions)
        {
            writer.Word(unknown.Text.StartsWith('-') || unknown.Text.StartsWith('!') ? unknown.Text : $"-m {unknown.Text}");
        }
        if (rule.Callee is { } callee)
        {
            writer.Option(rule.IsGoto ? "-g" : "-j");
            writer.Word(callee.Name);
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
            writer.Word(unknown);
        }
        return writer.ToString();
    }
}
