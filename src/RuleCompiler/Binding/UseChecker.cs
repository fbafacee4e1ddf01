using System.Collections.Immutable;
using RuleCompiler.Extensions;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Binding;

/// <summary>Checks the use of an extension against what the extension declares, then lets it check itself.</summary>
internal static class UseChecker
{
    public static void Check(BoundExtension use, Extension extension, ExtensionChecker checker)
    {
        foreach (var required in extension.RequiredOptions)
        {
            if (!use.Has(required))
            {
                checker.Report(use, RuleDiagnostics.MissingOption, extension.Name, $"'{required.Name}'");
            }
        }
        if (extension.NeedsAnOption && use.Options.IsEmpty)
        {
            var names = string.Join(", ", extension.Options.Select(o => $"'{o.Name}'"));
            checker.Report(
                use, RuleDiagnostics.MissingOption, extension.Name, extension.Options.Length == 1 ? names : $"one of {names}");
        }
        if (!extension.Protocols.IsEmpty && !HasProtocol(use, extension))
        {
            var names = string.Join(", ", extension.Protocols.Select(IpProtocol.Name));
            checker.Report(use, RuleDiagnostics.NeedsProtocol, extension.Name, names);
        }
        foreach (var group in extension.ExclusiveOptions)
        {
            CheckExclusive(use, group, checker);
        }
        extension.Check(use, checker);
    }

    /// <remarks>
    /// iptables-nft accepts a protocol's own match behind <c>! -p</c> of that protocol (it then never matches);
    /// iptables-legacy refuses it.
    /// </remarks>
    private static bool HasProtocol(BoundExtension use, Extension extension)
    {
        var context = use.Context;
        var mayBeNegated = context.Flavour == Flavour.Nft && extension is MatchExtension { ImplicitFor: not null };
        return extension.Protocols.Contains(context.Protocol) && (!context.IsProtocolNegated || mayBeNegated);
    }

    private static void CheckExclusive(BoundExtension use, ImmutableArray<OptionSpec> group, ExtensionChecker checker)
    {
        BoundOption? first = null;
        foreach (var option in use.Options)
        {
            if (!group.Contains(option.Spec))
            {
                continue;
            }
            if (first is { } earlier && !ReferenceEquals(earlier.Spec, option.Spec))
            {
                checker.Report(use, option, RuleDiagnostics.ExclusiveOptions, option.Spec.Name, earlier.Spec.Name);
            }
            first ??= option;
        }
    }
}
