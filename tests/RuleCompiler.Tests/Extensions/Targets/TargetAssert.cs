using NUnit.Framework;
using RuleCompiler.Binding;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Markup;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Extensions.Targets;

/// <summary>Asserts over a table of one rule: what its target does, how the rule prints, what is wrong with it.</summary>
/// <remarks>
/// Rules are lines of a dump, <c>-A CHAIN ...</c>. The rows' texts were tried with iptables-restore and
/// iptables-save 1.8.9, nft and legacy.
/// </remarks>
internal static class TargetAssert
{
    // A section without a header is of the family that its addresses are of, which a test of wrong ones must not have.
    private static readonly CompilationOptions IPv4 = new() { Family = Family.IPv4 };

    /// <summary>What the target does: the kind of action, then its effect.</summary>
    public static string Action(string table, string rule, CompilationOptions? options = null)
    {
        var target = Bind(table, rule, options).Target;
        Assert.That(target, Is.Not.Null);
        var action = target!.Extension.Lower(target);
        return $"{action.Kind} {action.Effect}".TrimEnd();
    }

    /// <summary>The rule prints so, and so does what it prints.</summary>
    public static void Prints(string table, string given, string canonical, CompilationOptions? options = null) =>
        Assert.Multiple(() =>
        {
            Assert.That(Print(table, given, options), Is.EqualTo(canonical));
            Assert.That(Print(table, canonical, options), Is.EqualTo(canonical));
        });

    /// <summary>Exactly this diagnostic, at the marked span.</summary>
    public static void Reports(string table, string markedRule, string id, CompilationOptions? options = null) =>
        DiagnosticAssert.Reports(Dump(table, markedRule), id, options ?? IPv4);

    private static string Print(string table, string rule, CompilationOptions? options)
    {
        var chain = string.Join(' ', rule.Split(' ').Take(2));
        return $"{chain} {RuleText.Of(Bind(table, rule, options))}";
    }

    private static BoundRule Bind(string table, string rule, CompilationOptions? options)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(Dump(table, rule))), options ?? IPv4);
        Assert.That(compilation.Diagnostics, Is.Empty, rule);
        var ruleset = compilation.GetRuleset(options?.Family ?? Family.IPv4);
        Assert.That(ruleset, Is.Not.Null);
        return ruleset!.Chains.SelectMany(chain => chain.Rules).Single();
    }

    private static string Dump(string table, string rule)
    {
        var hooks = NetfilterNames.HooksOf(NetfilterNames.FindTable(table) ?? throw new ArgumentException(table));
        var chains = NetfilterNames.Hooks.Where(hook => hooks.HasFlag(hook.ToSet())).Select(hook => $":{hook.Name()} ACCEPT [0:0]");
        return $"*{table}\n{string.Join('\n', chains)}\n{rule}\nCOMMIT\n";
    }
}
