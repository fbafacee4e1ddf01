using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Binding;

/// <summary>Carries out a section's declarations and commands on its table, which begins empty.</summary>
internal sealed class CommandExecutor(SyntaxTree tree, TableBuilder table, Flavour flavour, DiagnosticBag diagnostics)
{
    private const int MaxNameBytes = 28; // XT_EXTENSION_MAXNAMELEN - 1

    /// <summary>Declares the chain of a <c>:CHAIN POLICY</c> line.</summary>
    public void Declare(ChainDeclarationSyntax line)
    {
        var policy = line.Policy;
        var chain = DeclareChain(line.Name.Index, line.LineNumber, isCommand: false);
        if (policy.Value == "-" || chain is null)
        {
            return;
        }
        SetPolicy(chain, policy.Index);
    }

    /// <summary>A <c>:CHAIN</c> line in its turn: iptables-nft-restore empties a user chain that it meets again.</summary>
    public void EmptyAgain(ChainDeclarationSyntax line)
    {
        if (table.TryFind(tree.Tokens.GetValue(line.Name.Index), out var chain) && chain.Symbol.Hook is null)
        {
            chain.Rules.Clear();
        }
    }

    /// <summary>Declares the chain of a <c>-N</c> line, so that rules before it may name it too.</summary>
    public void DeclareByCommand(RuleSyntax line)
    {
        var end = line.FirstToken + line.TokenCount;
        for (var token = line.FirstArgument; token + 1 < end; token++)
        {
            if (tree.Tokens.GetKind(token) == SyntaxKind.Option && IsNewChain(tree.Tokens.GetValue(token)))
            {
                DeclareChain(token + 1, line.LineNumber, isCommand: true);
                return;
            }
        }
    }

    public void Execute(RuleCommand command)
    {
        if (command.Kind is RuleCommandKind.Nothing or RuleCommandKind.NewChain)
        {
            return;
        }
        if (command.ChainToken is not { } token)
        {
            ExecuteForAll(command.Kind);
            return;
        }
        if (!table.TryFind(tree.Tokens.GetValue(token), out var chain))
        {
            Report(BindingDiagnostics.UndeclaredChain, token, table.Kind.Name(), tree.Tokens.GetText(token));
            return;
        }
        foreach (var rule in command.Rules)
        {
            if (rule.Callee is { } callee && table.IsRemoved(callee))
            {
                Report(BindingDiagnostics.UndeclaredChain, rule.JumpToken, table.Kind.Name(), callee.Name);
                return;
            }
        }
        Execute(command, chain);
    }

    private static bool IsNewChain(ReadOnlySpan<byte> option) =>
        option is [(byte)'-', (byte)'N'] || option.SequenceEqual("--new-chain"u8) || option.SequenceEqual("--new"u8);

    private void ExecuteForAll(RuleCommandKind kind)
    {
        foreach (var chain in table.Chains.ToArray())
        {
            if (kind == RuleCommandKind.Flush)
            {
                chain.Rules.Clear();
            }
            else if (kind == RuleCommandKind.DeleteChain && WhyNotDeletable(chain) is null)
            {
                table.Remove(chain);
            }
        }
    }

    private void Execute(RuleCommand command, ChainBuilder chain)
    {
        var rules = chain.Rules;
        switch (command.Kind)
        {
            case RuleCommandKind.Append:
                foreach (var rule in command.Rules)
                {
                    rules.Add(rule);
                    rule.Number = rules.Count;
                }
                return;
            case RuleCommandKind.Insert when command.Position is var at && at >= 1 && at <= rules.Count + 1:
                rules.InsertRange(at - 1, command.Rules);
                break;
            case RuleCommandKind.Replace when Holds(rules, command.Position) && command.Rules.Length == 1:
                rules[command.Position - 1] = command.Rules[0];
                break;
            case RuleCommandKind.DeleteByNumber when Holds(rules, command.Position):
                rules.RemoveAt(command.Position - 1);
                break;
            case RuleCommandKind.DeleteByRule when FindEqual(rules, command.Rules) is { } index:
                rules.RemoveAt(index);
                break;
            case RuleCommandKind.DeleteByRule:
                Refuse(command, "the chain has no such rule");
                break;
            case RuleCommandKind.Insert or RuleCommandKind.Replace or RuleCommandKind.DeleteByNumber:
                Refuse(command, $"chain '{chain.Symbol.Name}' has {rules.Count.ToString(CultureInfo.InvariantCulture)} rules");
                break;
            case RuleCommandKind.Flush:
                rules.Clear();
                break;
            case RuleCommandKind.DeleteChain when WhyNotDeletable(chain) is { } why:
                Refuse(command, why);
                break;
            case RuleCommandKind.DeleteChain:
                table.Remove(chain);
                break;
            case RuleCommandKind.Policy when command.ValueToken is { } value:
                chain.Symbol.DeclarationLine ??= tree.Text.GetLinePosition(tree.Tokens.GetSpan(value).Start).Line;
                SetPolicy(chain, value);
                break;
            case RuleCommandKind.Policy:
                Refuse(command, "the policy is missing");
                break;
            default:
                Refuse(command, "renaming chains is not supported");
                break;
        }
        for (var i = 0; i < rules.Count; i++)
        {
            rules[i].Number = i + 1;
        }
    }

    private string? WhyNotDeletable(ChainBuilder chain) =>
        chain.Symbol.Hook is not null ? "a base chain cannot be deleted"
        : chain.Rules.Count > 0 ? "the chain is not empty"
        : table.Chains.Any(c => c.Rules.Any(r => r.Callee == chain.Symbol)) ? "a rule jumps to the chain"
        : null;

    private static bool Holds(List<BoundRule> rules, int position) => position >= 1 && position <= rules.Count;

    /// <summary>Index of the first rule of the same meaning: the same printed text, comments and all, as the tools compare.</summary>
    private static int? FindEqual(List<BoundRule> rules, ImmutableArray<BoundRule> wanted)
    {
        var text = wanted.IsEmpty ? "" : RuleText.Of(wanted[0]);
        var index = rules.FindIndex(r => RuleText.Of(r) == text);
        return index < 0 ? null : index;
    }

    private ChainBuilder? DeclareChain(int token, int line, bool isCommand)
    {
        var bytes = tree.Tokens.GetValue(token);
        if (table.TryFind(bytes, out var known))
        {
            if (known.Symbol.DeclarationLine is { } earlier || (isCommand && known.Symbol.Hook is not null))
            {
                if (isCommand || flavour == Flavour.Legacy)
                {
                    Report(
                        TableDiagnostics.ChainTwice,
                        token,
                        known.Symbol.Name,
                        (known.Symbol.DeclarationLine ?? line).ToString(CultureInfo.InvariantCulture));
                }
                return known;
            }
            known.Symbol.DeclarationLine = line;
            return known;
        }
        var name = Encoding.UTF8.GetString(bytes);
        if (WhyNotAName(bytes, name) is { } why)
        {
            Report(TableDiagnostics.BadChainName, token, name, why);
        }
        var chain = table.Add(name, null);
        chain.Symbol.DeclarationLine = line;
        return chain;
    }

    private string? WhyNotAName(ReadOnlySpan<byte> bytes, string name) =>
        bytes.Length > MaxNameBytes ? $"it has {bytes.Length.ToString(CultureInfo.InvariantCulture)} bytes"
        : name is "ACCEPT" or "DROP" or "RETURN" or "QUEUE" ? "it is a built-in target"
        : flavour == Flavour.Nft && bytes is [(byte)'-' or (byte)'!', ..] ? "it begins with '-' or '!'"
        : null;

    private void SetPolicy(ChainBuilder chain, int token)
    {
        var text = tree.Tokens.GetText(token);
        if (chain.Symbol.Hook is null)
        {
            // iptables-nft ignores the policy of a user chain; one named like another table's base chain it refuses.
            if (flavour == Flavour.Legacy || NetfilterNames.FindHook(Encoding.UTF8.GetBytes(chain.Symbol.Name)) is not null)
            {
                Report(TableDiagnostics.PolicyOnUserChain, token, chain.Symbol.Name, table.Kind.Name());
            }
            return;
        }
        if (text is not ("ACCEPT" or "DROP"))
        {
            Report(TableDiagnostics.UnknownPolicy, token, text);
            return;
        }
        chain.Symbol.PolicyDrops = text == "DROP";
    }

    private void Refuse(RuleCommand command, string why) =>
        Report(RuleDiagnostics.UnusableCommand, command.CommandToken, tree.Tokens.GetText(command.CommandToken), why);

    private void Report(DiagnosticDescriptor descriptor, int token, params ImmutableArray<string> arguments) =>
        diagnostics.Report(descriptor.At(new Location(tree.Text, tree.Tokens.GetSpan(token)), arguments));
}
