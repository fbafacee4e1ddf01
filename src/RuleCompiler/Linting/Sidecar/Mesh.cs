using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>A mesh's rules in one family of a dump: its roles as the dump tells them, and packets sent through it.</summary>
internal sealed class Mesh
{
    private readonly LintContext _context;
    private readonly DecidingRule _deciding;

    public Mesh(LintContext context, MeshProfile profile, bool IsGiven, bool IsNamed)
    {
        _context = context;
        this.IsGiven = IsGiven;
        this.IsNamed = IsNamed;
        Captures = new CaptureMap(context.Ruleset);
        _deciding = new DecidingRule(context.Ruleset);
        var told = new ProfileInference(
            context.Ruleset, Captures, profile with { ProxyUids = [], ProxyGids = [], ProxyMark = null }).Infer();
        AreProxiesTold = told.ProxyUids.Length + told.ProxyGids.Length > 0 || told.ProxyMark is not null;
        Profile = AreProxiesTold ? told : told with
        {
            ProxyUids = profile.ProxyUids,
            ProxyGids = profile.ProxyGids,
            ProxyMark = profile.ProxyMark,
        };
        Probe = new PacketProbe(context, context.Tables);
        Packets = new MeshPackets(context, this);
    }

    /// <summary>The roles, with what the dump tells in place of what the mesh has by default.</summary>
    public MeshProfile Profile { get; }

    /// <summary>Whether the user said that there is this mesh.</summary>
    public bool IsGiven { get; }

    /// <summary>Whether the mesh is known, so that its defaults count: it is given, or its chains are in the dump.</summary>
    public bool IsNamed { get; }

    /// <summary>Whether rules tell who the proxy is; if not, its users and groups are the profile's defaults.</summary>
    public bool AreProxiesTold { get; }

    /// <summary>The redirects, and which hooks reach them.</summary>
    public CaptureMap Captures { get; }

    /// <summary>The dump's rules, to send packets through.</summary>
    public PacketProbe Probe { get; }

    /// <summary>Packets to send.</summary>
    public MeshPackets Packets { get; }

    /// <summary>
    /// The proxy in each way in which rules know it: by its user alone, by its group alone, by its mark, and by all
    /// that is said of it.
    /// </summary>
    public IEnumerable<Sender> Proxies
    {
        get
        {
            var other = Packets.Applications[0];
            var mark = Profile.ProxyMark ?? 0;
            if (!AreProxiesTold)
            {
                return Profile.ProxyUids.IsEmpty && Profile.ProxyGids.IsEmpty
                    ? []
                    : [new Sender(Profile.ProxyUids.FirstOrDefault(other.Uid), Profile.ProxyGids.FirstOrDefault(other.Gid), mark)];
            }
            var known = Profile.ProxyUids.Select(uid => new Sender(uid, other.Gid, mark))
                .Concat(Profile.ProxyGids.Select(gid => new Sender(other.Uid, gid, mark)));
            return Profile.ProxyUids.IsEmpty && Profile.ProxyGids.IsEmpty ? [other with { Mark = mark }] : known;
        }
    }

    /// <summary>The proxy as it runs: under its first user and its first group.</summary>
    public Sender Proxy
    {
        get
        {
            var other = Packets.Applications[0];
            return new Sender(
                Profile.ProxyUids.FirstOrDefault(other.Uid),
                Profile.ProxyGids.FirstOrDefault(other.Gid),
                Profile.ProxyMark ?? 0);
        }
    }

    /// <summary>The listener to which a trace's packet is led; null where it is led to none.</summary>
    public Capture? CaptureOf(Trace trace)
    {
        if (trace.Steps.LastOrDefault(DecidingRule.IsRewrite) is not { } step || Probe.RuleOf(step) is not { } redirect
            || Captures.PortsOf(_context.RuleAt(redirect)) is not { Count: 1 } ports)
        {
            return null;
        }
        return new Capture(ports.First(), step, redirect, DeciderOf(trace, step) ?? redirect);
    }

    /// <summary>Whether a packet is led to a listener, whatever the unknowns; if so its trace.</summary>
    public Trace? LedTo(Packet packet, ushort port) => Probe.Always(packet, trace => CaptureOf(trace)?.Port == port);

    /// <summary>Whether a trace's packet is led to any listener.</summary>
    public bool IsCaptured(Trace trace) => CaptureOf(trace) is not null;

    /// <summary>A probe for the rules without some of them.</summary>
    public PacketProbe Without(params ReadOnlySpan<RuleSymbol> rules) => new(_context, _context.Tables.Without(rules));

    /// <summary>A probe for what is left where some chains are empty.</summary>
    public PacketProbe WithoutRulesOf(Func<ChainSymbol, bool> isEmptied) => new(_context, _context.Tables.WithoutRulesOf(isEmptied));

    /// <summary>The chains, in the order in which capture can meet them, that a hook reaches.</summary>
    public IEnumerable<int> ChainsFrom(Hook hook) => _context.Ruleset.Chains.Select(chain => chain.Symbol)
        .Where(chain => chain.Table is TableKind.Raw or TableKind.Mangle or TableKind.Nat && Captures.IsReached(chain.Index, hook))
        .OrderBy(chain => Profile.ChainPrefix is { } prefix && chain.Name.StartsWith(prefix, StringComparison.Ordinal) ? 0 : 1)
        .Select(chain => chain.Index);

    /// <summary>Who takes a packet at a port: <c>Envoy 15001</c>.</summary>
    public string Listener(ushort port) => $"{(port == Profile.DnsPort ? Profile.Agent : Profile.Proxy)} {port.Text()}";

    private RuleSymbol? DeciderOf(Trace trace, TraceStep step) =>
        _deciding.Of(trace) is { } decided && trace.Steps.LastIndexOf(decided) <= trace.Steps.LastIndexOf(step) ? Probe.RuleOf(decided) : null;
}
