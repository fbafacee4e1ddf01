using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Extensions;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Binding;

/// <summary>Carries out a section's declarations and commands on its table, which begins empty.</summary>
internal sealed class CommandExecutor(
    SyntaxTree tree, TableBuilder table, Flavour flavour, DiagnosticBag diagnostics, NameSuggestions suggestions)
{
    private const int MaxNameBytes = 28; // XT_EXTENSION_MAXNAMELEN - 1

    /// <summary>Whether each command is a call of its own, rather than a line of one text that is loaded as a whole.</summary>
    public bool IsCommandLine { get; init; }

    /// <summary>Makes the chain that a line declares, if it does, known by name; <see cref="Execute(LineSyntax, RuleCommand?)"/> declares it.</summary>
    /// <remarks>So rules can be bound before any command is carried out.</remarks>
    public void MakeKnown(LineSyntax line)
    {
        if (line is ChainDeclarationSyntax declaration)
        {
            Know(declaration.Name.Index, 0);
        }
        else if (line is RuleSyntax && FindNewChain(line) is { } name)
        {
            Know(name.Token, name.Offset);
        }
    }

    /// <summary>Carries out a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="command">What it asks for; null for a declaration, and for what could not be read.</param>
    public void Execute(LineSyntax line, RuleCommand? command)
    {
        if (line is ChainDeclarationSyntax declaration)
        {
            Declare(declaration);
        }
        else if (command is { Kind: not RuleCommandKind.Nothing } given)
        {
            Execute(line.LineNumber, given);
        }
    }

    private (int Token, int Offset)? FindNewChain(LineSyntax line)
    {
        var end = line.FirstToken + line.TokenCount;
        for (var token = line.FirstToken; token < end; token++)
        {
            if (tree.Tokens.GetKind(token) != SyntaxKind.Option)
            {
                continue;
            }
            var option = tree.Tokens.GetValue(token);
            if (OffsetOfNewChain(option) is { } place)
            {
                return token + place.Token < end ? (token + place.Token, place.Offset) : null;
            }
            if (option is [(byte)'-', (byte)'A' or (byte)'I', ..])
            {
                return null; // what looks like another command behind this one is a value
            }
        }
        return null;
    }

    /// <summary>Where the name of a new chain stands, counted from the option; null for options that make no chain.</summary>
    private static (int Token, int Offset)? OffsetOfNewChain(ReadOnlySpan<byte> option) =>
        option is [(byte)'-', (byte)'N', _, ..] ? (0, 2)
        : option is [(byte)'-', (byte)'N'] || option.SequenceEqual("--new-chain"u8) || option.SequenceEqual("--new"u8) ? (1, 0)
        : option is [(byte)'-', (byte)'E', _, ..] ? (1, 0)
        : option is [(byte)'-', (byte)'E'] || option.SequenceEqual("--rename-chain"u8) || option.SequenceEqual("--rename"u8) ? (2, 0)
        : null;

    private ReadOnlySpan<byte> NameAt(int token, int offset) => tree.Tokens.GetValue(token)[offset..];

    private ChainBuilder Know(int token, int offset)
    {
        var bytes = NameAt(token, offset);
        return table.TryFind(bytes, out var known) ? known : table.Add(ByteText.GetString(bytes), null);
    }

    private void Declare(ChainDeclarationSyntax line)
    {
        var policy = line.Policy;
        var chain = DeclareChain(line.Name.Index, 0, line.LineNumber, isCommand: false);
        if (policy.Value != "-")
        {
            SetPolicy(chain, policy.Index, isCommand: false);
        }
    }

    private void Execute(int line, RuleCommand command)
    {
        if (command.ChainToken is not { } token)
        {
            ExecuteForAll(command);
        }
        else if (command.Kind == RuleCommandKind.NewChain)
        {
            DeclareChain(token, command.ChainOffset, line, isCommand: true);
        }
        else if (!table.TryFind(NameAt(token, command.ChainOffset), out var chain) || !chain.Symbol.Exists)
        {
            var name = ByteText.GetString(NameAt(token, command.ChainOffset));
            Report(BindingDiagnostics.UndeclaredChain, token, table.Kind.Name(), name, suggestions.ForChain(name, table));
        }
        else if (command.Rules is [{ Callee.Exists: false, Callee.Name: var callee, JumpToken: var jump }, ..])
        {
            Report(BindingDiagnostics.UndeclaredChain, jump, table.Kind.Name(), callee, "");
        }
        else
        {
            Execute(command, chain, line);
        }
    }

    private void ExecuteForAll(RuleCommand command)
    {
        foreach (var chain in table.Chains.ToArray())
        {
            if (command.Kind == RuleCommandKind.Flush)
            {
                chain.Rules.Clear();
            }
            else if (command.Kind == RuleCommandKind.DeleteChain && chain.Symbol.Hook is null)
            {
                DeleteChain(command, chain);
            }
        }
    }

    private void Execute(RuleCommand command, ChainBuilder chain, int line)
    {
        var rules = chain.Rules;
        switch (command.Kind)
        {
            case RuleCommandKind.Append:
                rules.AddRange(command.Rules);
                break;
            case RuleCommandKind.Insert when command.Position is var at && at >= 1 && at <= rules.Count + 1:
                // The tools insert the rules of a list one by one at the same place.
                rules.InsertRange(at - 1, command.Rules.Reverse());
                break;
            case RuleCommandKind.Replace when command.Rules.Length > 1:
                Refuse(command, "one rule cannot be replaced by several");
                break;
            case RuleCommandKind.Replace when Holds(rules, command.Position):
                rules[command.Position - 1] = command.Rules[0];
                break;
            case RuleCommandKind.DeleteByNumber when Holds(rules, command.Position):
                rules.RemoveAt(command.Position - 1);
                break;
            case RuleCommandKind.DeleteByRule:
                DeleteEqual(command, rules);
                break;
            case RuleCommandKind.Insert or RuleCommandKind.Replace or RuleCommandKind.DeleteByNumber:
                Refuse(command, $"chain '{chain.Symbol.Name}' has {rules.Count.ToString(CultureInfo.InvariantCulture)} rules");
                break;
            case RuleCommandKind.Flush:
                rules.Clear();
                break;
            case RuleCommandKind.DeleteChain:
                DeleteChain(command, chain);
                break;
            case RuleCommandKind.Policy when command.ValueToken is { } value:
                chain.Symbol.DeclarationLine ??= line;
                SetPolicy(chain, value, isCommand: true);
                break;
            case RuleCommandKind.Policy:
                Refuse(command, "the policy is missing");
                break;
            case RuleCommandKind.Rename when command.ValueToken is { } newName:
                Rename(command, chain, newName);
                break;
            default:
                Refuse(command, "it needs the chain's name and a new one");
                break;
        }
    }

    /// <remarks>
    /// iptables-nft-restore looks for the chain among those that were there before its text: one that the text makes
    /// cannot be renamed by it. Tried with iptables 1.8.9.
    /// </remarks>
    private void Rename(RuleCommand command, ChainBuilder chain, int newName)
    {
        var renamed = Know(newName, 0);
        var name = renamed.Symbol.Name;
        var why = flavour == Flavour.Nft && !IsCommandLine ? "iptables-nft-restore cannot rename a chain of the text that it loads"
            : chain.Symbol.Hook is not null ? "a base chain cannot be renamed"
            : renamed.Symbol.Exists ? $"chain '{name}' is there already"
            : WhyNotAName(NameAt(newName, 0), name, isCommand: false) is { } fault ? $"'{name}' is no name for a chain: {fault}"
            : null;
        if (why is not null)
        {
            Refuse(command, why);
            return;
        }
        table.Rename(chain, renamed);
    }

    /// <summary>
    /// Deletes, for each rule given, the first of the same meaning: the same printed text, comments and all, as the
    /// tools compare.
    /// </summary>
    private void DeleteEqual(RuleCommand command, List<BoundRule> rules)
    {
        foreach (var wanted in command.Rules)
        {
            var text = RuleText.Of(wanted);
            var index = rules.FindIndex(r => RuleText.Of(r) == text);
            if (index < 0)
            {
                Refuse(command, "the chain has no such rule");
                return;
            }
            rules.RemoveAt(index);
        }
    }

    /// <remarks>iptables-nft deletes even base chains: then they have their policy no more.</remarks>
    private void DeleteChain(RuleCommand command, ChainBuilder chain)
    {
        var symbol = chain.Symbol;
        var why = symbol.Hook is not null && flavour == Flavour.Legacy ? "a base chain cannot be deleted"
            : chain.Rules.Count > 0 ? $"chain '{symbol.Name}' is not empty"
            : table.IsCalled(symbol) ? $"a rule calls chain '{symbol.Name}'"
            : null;
        if (why is not null)
        {
            Refuse(command, why);
            return;
        }
        symbol.DeclarationLine = null;
        symbol.PolicyDrops = false;
    }

    private static bool Holds(List<BoundRule> rules, int position) => position >= 1 && position <= rules.Count;

    private ChainBuilder DeclareChain(int token, int offset, int line, bool isCommand)
    {
        var chain = Know(token, offset);
        var symbol = chain.Symbol;
        if (symbol.DeclarationLine is { } earlier)
        {
            DeclareAgain(chain, token, earlier, isCommand);
        }
        else if (symbol.Hook is not null && isCommand)
        {
            Report(TableDiagnostics.BadChainName, token, symbol.Name, "it is a base chain");
        }
        else if (symbol.Hook is null && WhyNotAName(NameAt(token, offset), symbol.Name, isCommand) is { } why)
        {
            Report(TableDiagnostics.BadChainName, token, symbol.Name, why);
        }
        symbol.DeclarationLine ??= line;
        return chain;
    }

    /// <remarks>iptables-nft empties a user chain that is declared again, and keeps the rules of a base chain.</remarks>
    private void DeclareAgain(ChainBuilder chain, int token, int earlier, bool isCommand)
    {
        var symbol = chain.Symbol;
        if (isCommand || (flavour == Flavour.Legacy && symbol.Hook is null))
        {
            var diagnostic = TableDiagnostics.ChainTwice.At(
                LocationOf(token), symbol.Name, earlier.ToString(CultureInfo.InvariantCulture));
            diagnostics.Report(diagnostic with { Related = [RelatedLocation.OfLine(tree.Text, earlier, "declared here before")] });
        }
        else if (symbol.Hook is null)
        {
            chain.Rules.Clear();
        }
    }

    private string? WhyNotAName(ReadOnlySpan<byte> bytes, string name, bool isCommand) =>
        bytes.Length > MaxNameBytes ? $"it has {bytes.Length.ToString(CultureInfo.InvariantCulture)} bytes"
        : name is "ACCEPT" or "DROP" or "RETURN" or "QUEUE" ? "it is a built-in target"
        : bytes.IsEmpty ? "it is empty"
        : !isCommand && flavour == Flavour.Legacy ? null
        : bytes.IndexOfAny(" \t\r\v\f"u8) >= 0 ? "it has a blank in it"
        : bytes is [(byte)'-' or (byte)'!', ..] ? "it begins with '-' or '!'"
        : isCommand && IsTarget(bytes) ? "it is a target, and -N takes no target's name"
        : null;

    private static bool IsTarget(ReadOnlySpan<byte> name) =>
        (ExtensionCatalog.FindTarget(name, Family.IPv4) ?? ExtensionCatalog.FindTarget(name, Family.IPv6)) is not null;

    private void SetPolicy(ChainBuilder chain, int token, bool isCommand)
    {
        var text = tree.Tokens.GetText(token);
        if (chain.Symbol.Hook is null)
        {
            if (isCommand || flavour == Flavour.Legacy)
            {
                Report(TableDiagnostics.PolicyOnUserChain, token, chain.Symbol.Name, table.Kind.Name());
            }
            else if (NetfilterNames.FindHook(ByteText.GetBytes(chain.Symbol.Name)) is not null)
            {
                Report(TableDiagnostics.NoBaseChain, token, table.Kind.Name(), chain.Symbol.Name);
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
        diagnostics.Report(descriptor.At(LocationOf(token), arguments));

    private Location LocationOf(int token) => new(tree.Text, tree.Tokens.GetSpan(token));
}
