using RuleCompiler.Binding;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions;
using RuleCompiler.Extensions.Matches;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Extensions.Targets;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>What a dump's rules let one guess of the machine they run on; all in the order of the dump.</summary>
internal sealed class HostHints
{
    private readonly List<string> _interfaces = [];
    private readonly List<string> _prefixes = [];
    private readonly HashSet<IpAddress> _own = [];
    private readonly Dictionary<(string Interface, Family Family), AddressPrefix> _networks = [];

    /// <summary>Interfaces that rules name in full.</summary>
    public IReadOnlyList<string> Interfaces => _interfaces;

    /// <summary>Beginnings of names that rules ask for (<c>cali+</c>), without the plus.</summary>
    public IReadOnlyList<string> Prefixes => _prefixes;

    /// <summary>The interface that connections leave by whose source is translated.</summary>
    public string? TranslatedOut { get; private set; }

    /// <summary>Addresses that can only be this host's: INPUT asks for them, or they become the source of what leaves.</summary>
    public List<IpAddress> OwnAddresses { get; } = [];

    /// <summary>Transparent proxies that rules give packets to.</summary>
    public List<(Family Family, byte? Protocol, Effect.ProxyTo Proxy)> Proxies { get; } = [];

    public static HostHints Of(Compilation compilation)
    {
        var hints = new HostHints();
        var telling = new List<(Family Family, BoundRule Rule, bool IsInput)>();
        foreach (var rules in compilation.Families.Select(compilation.GetRuleset).OfType<BoundRuleset>())
        {
            foreach (var chain in rules.Chains)
            {
                var isInput = chain.Symbol.Hook == Hook.Input;
                foreach (var rule in chain.Rules)
                {
                    if (IsTelling(rule, isInput))
                    {
                        telling.Add((rules.Family, rule, isInput));
                    }
                }
            }
        }
        foreach (var (family, rule, isInput) in telling.OrderBy(hint => hint.Rule.Line))
        {
            hints.Add(family, rule, isInput);
        }
        return hints;
    }

    /// <summary>Whether a rule can tell anything: of most dumps a few can.</summary>
    private static bool IsTelling(BoundRule rule, bool isInput)
    {
        if (rule.Target is { Extension: SnatTarget or MasqueradeTarget or TproxyTarget })
        {
            return true;
        }
        if (AddressesOf(rule) is not { } match)
        {
            return false;
        }
        foreach (var option in match.Options.AsSpan())
        {
            if (option.Spec == IpMatch.InInterface || option.Spec == IpMatch.OutInterface || (isInput && option.Spec == IpMatch.Destination))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The built-in tests, which stand before all others; null where a rule has none.</summary>
    private static BoundMatch? AddressesOf(BoundRule rule) => rule.Matches is [{ Extension: IpMatch } match, ..] ? match : null;

    /// <summary>The network that rules let one expect behind an interface; null without a hint.</summary>
    public AddressPrefix? NetworkOf(string interfaceName, Family family) =>
        _networks.TryGetValue((interfaceName, family), out var network) ? network : null;

    private void Add(Family family, BoundRule rule, bool isInput)
    {
        var target = rule.Target is { Extension: SnatTarget or MasqueradeTarget or TproxyTarget } t ? t.Extension.Lower(t) : null;
        var match = AddressesOf(rule);
        if (target?.Effect is Effect.ProxyTo proxy)
        {
            var protocol = match?.Find(IpMatch.Protocol) is { IsNegated: false } option ? ((ProtocolOption.Number)option.Value).Value : (byte?)null;
            Proxies.Add((family, protocol, proxy));
        }
        if (target is { Kind: ActionKind.Snat, Effect: Effect.Translate { Low: { } own, High: var last } } && (last ?? own) == own)
        {
            AddOwn(own);
        }
        if (match is null)
        {
            return;
        }
        Add(match, IpMatch.InInterface);
        Add(match, IpMatch.OutInterface);
        AddNetworks(family, match, target);
        if (isInput && HostOf(match, IpMatch.Destination) is { } asked)
        {
            AddOwn(asked);
        }
    }

    private void Add(BoundMatch match, InterfaceOption spec)
    {
        if (match.Find(spec) is not { Value: InterfaceOption.Pattern { IsAny: false, Name: var name } })
        {
            return;
        }
        var (list, item) = name.EndsWith('+') ? (_prefixes, name[..^1]) : (_interfaces, name);
        if (!list.Contains(item))
        {
            list.Add(item);
        }
    }

    private void AddNetworks(Family family, BoundMatch match, RuleAction? target)
    {
        var isTranslated = target?.Kind is ActionKind.Masquerade or ActionKind.Snat;
        var (inName, isNotIn) = NameOf(match, IpMatch.InInterface);
        var (outName, isNotOut) = NameOf(match, IpMatch.OutInterface);
        if (isTranslated && outName is not null && !isNotOut)
        {
            TranslatedOut ??= outName;
        }
        // '-s NET ! -o docker0 -j MASQUERADE': what is behind docker0 and goes elsewhere.
        var isBehindOut = outName is not null && isTranslated && isNotOut;
        Remember(isBehindOut ? outName : isNotIn ? null : inName, family, match, IpMatch.Source);
        Remember(isNotOut ? null : outName, family, match, IpMatch.Destination);
    }

    private void Remember(string? name, Family family, BoundMatch match, AddressOption spec)
    {
        if (name is not null && match.Find(spec) is { IsNegated: false, Value: AddressMask address }
            && PrefixOf(address) is { Length: >= 8 } network && network.Length <= IpAddress.WidthOf(family) - 2)
        {
            _networks.TryAdd((name, family), network);
        }
    }

    private void AddOwn(IpAddress address)
    {
        var isUnicast = address.Family == Family.IPv4
            ? address.Value >> 24 is var first && first != 0 && first != 127 && first < 224
            : address.Value > 1 && address.Value >> 120 != 0xFF;
        if (isUnicast && _own.Add(address))
        {
            OwnAddresses.Add(address);
        }
    }

    private static (string? Name, bool IsNegated) NameOf(BoundMatch match, InterfaceOption spec) =>
        match.Find(spec) is { Value: InterfaceOption.Pattern { IsAny: false, Name: var name }, IsNegated: var isNegated } && !name.EndsWith('+')
            ? (name, isNegated)
            : (null, false);

    /// <summary>The one address that an option asks for.</summary>
    private static IpAddress? HostOf(BoundMatch match, AddressOption spec) =>
        match.Find(spec) is { IsNegated: false, Value: AddressMask mask } && PrefixOf(mask) is { } prefix
        && prefix.Length == IpAddress.WidthOf(mask.Family)
            ? prefix.Address
            : null;

    /// <summary>Null for a mask with holes.</summary>
    private static AddressPrefix? PrefixOf(AddressMask address)
    {
        var length = (int)UInt128.PopCount(address.Mask);
        var prefix = new AddressPrefix(new IpAddress(address.Family, address.Network), length);
        var hostBits = IpAddress.WidthOf(address.Family) - length;
        return length > 0 && UInt128.TrailingZeroCount(address.Mask) == (UInt128)hostBits ? prefix : null;
    }
}
