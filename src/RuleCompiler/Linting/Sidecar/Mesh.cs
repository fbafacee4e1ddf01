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
    private const int MostSparing = 6;
    private const int MostTries = 200;
    private const int FewestSpared = 2;

    private readonly LintContext _context;
    private readonly Dictionary<string, PacketProbe> _variants = new(StringComparer.Ordinal);
    private readonly DecidingRule _deciding;
    private bool? _sparesSelfPorts;
    private bool? _capturesInbound;

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
        LoopbackName = FindLoopbackName();
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

    /// <summary>
    /// Whether the proxy runs in the pod, under a user or group of its own. One that is known by its mark alone serves
    /// many pods, and asks for names outside of them.
    /// </summary>
    public bool IsInPod => !Profile.ProxyUids.IsEmpty || !Profile.ProxyGids.IsEmpty;

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

    /// <summary>
    /// The interface by which the rules mean the pod calls itself: <c>lo</c>, unless they never name that and lead
    /// calls over another to the inbound listener, as a template does.
    /// </summary>
    public string LoopbackName { get; }

    /// <summary>Marks that TPROXY sets, so that routing brings the packets here; the proxy's own connections bear them too.</summary>
    public IEnumerable<uint> ProxyMarks => _context.Tables.Actions.Select(action => action.Effect)
        .OfType<Effect.ProxyTo>().Select(proxy => proxy.MarkValue & proxy.MarkMask).Where(mark => mark != 0).Distinct();

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

    /// <summary>Whether no outcome leads a packet to a listener.</summary>
    public bool NeverLedTo(Packet packet, ushort port) => Probe.Always(packet, trace => CaptureOf(trace)?.Port != port) is not null;

    /// <summary>Whether a trace's packet is led to any listener.</summary>
    public bool IsCaptured(Trace trace) => CaptureOf(trace) is not null;

    /// <summary>Whether a chain is the mesh's: by its name, or because it leads to a listener and is no base chain.</summary>
    public bool IsOfMesh(ChainSymbol chain) => chain.Hook is null
        && ((Profile.ChainPrefix is { } prefix && chain.Name.StartsWith(prefix, StringComparison.Ordinal))
            || _context.Ruleset.Chains[chain.Index].Rules.Any(rule => Captures.PortsOf(rule).Count > 0));

    /// <summary>Whether the proxy or its agent serves a port itself.</summary>
    public bool IsServed(ushort? port) =>
        port is { } number && (Profile.SelfPorts.Contains(number) || Profile.ServedPorts.Contains(number));

    /// <summary>
    /// Whether the rules spare several of the ports that the proxy serves itself: then they mean to capture all others,
    /// and all of these ports to be spared. One alone, such as the tunnel's, is spared whatever is captured.
    /// </summary>
    public bool SparesSelfPorts => _sparesSelfPorts ??= Profile.SelfPorts.Count(IsSpared) >= FewestSpared;

    /// <summary>The rules that spare some of the packets from capture, each with the first such packet.</summary>
    public IEnumerable<(RuleSymbol Rule, Packet Packet)> Spared(IEnumerable<Packet> packets, Hook hook)
    {
        var found = new HashSet<RuleSymbol>();
        var tries = new Dictionary<RuleSymbol, int>();
        foreach (var packet in packets)
        {
            var traces = Probe.Trace(packet);
            if (traces is not [var trace, ..] || traces.Any(IsCaptured) || traces.Any(t => t.Verdict != Verdict.Accept)
                || LastToSpare(trace, hook) is not { } last || found.Contains(last)
                || (tries[last] = tries.GetValueOrDefault(last) + 1) > MostTries)
            {
                continue;
            }
            if (SparingRule(packet, trace, hook) is { } rule && found.Add(rule))
            {
                yield return (rule, packet);
            }
        }
    }

    /// <summary>Whether something that arrives is led to the inbound listener.</summary>
    public bool CapturesInbound => _capturesInbound ??= Packets.Inbound().Any(packet => LedTo(packet, Profile.InboundPort) is not null);

    /// <summary>
    /// For a packet of one of the proxy's users that is not captured: the rule that spares it because it is not another
    /// of the proxy's users, and the capture that it would have without that rule. Else null.
    /// </summary>
    public (RuleSymbol Rule, uint Other, Capture Capture)? ShadowingRule(Packet packet, uint uid)
    {
        if (Probe.Always(packet, trace => !IsCaptured(trace)) is not { } trace || LastToSpare(trace, Hook.Output) is not { } rule)
        {
            return null;
        }
        var other = CaptureMap.TestsOf(_context.RuleAt(rule))
            .Where(test => test is { Field: PacketField.Uid, IsNegated: true } && test.Value != uid && Profile.ProxyUids.Contains((uint)test.Value))
            .Select(test => (uint?)test.Value).FirstOrDefault();
        return other is { } shadow && Without(rule).Always(packet, IsCaptured) is { } without && CaptureOf(without) is { } capture
            ? (rule, shadow, capture)
            : null;
    }

    /// <summary>A probe for the rules without some of them.</summary>
    public PacketProbe Without(params ReadOnlySpan<RuleSymbol> rules)
    {
        var key = string.Join(' ', rules.ToArray().Order(Comparer<RuleSymbol>.Create(static (a, b) =>
            (a.Chain.Index, a.RuleNumber).CompareTo((b.Chain.Index, b.RuleNumber)))));
        return _variants.TryGetValue(key, out var known) ? known : _variants[key] = new(_context, _context.Tables.Without(rules));
    }

    /// <summary>
    /// The rule that spares a packet from capture: it returns or accepts it at a hook, and without it, and whatever
    /// else spares it after that, the packet is led to a listener.
    /// </summary>
    /// <returns>Null for a packet that no rule would lead to a listener anyway.</returns>
    public RuleSymbol? SparingRule(Packet packet, Trace trace, Hook hook)
    {
        var left = new List<RuleSymbol>();
        while (LastToSpare(trace, hook) is { } rule && left.Count < MostSparing && !left.Contains(rule))
        {
            left.Add(rule);
            if (Without([.. left]).Trace(packet) is not [var next, ..])
            {
                return null;
            }
            if (IsCaptured(next))
            {
                return left[0];
            }
            trace = next;
        }
        return null;
    }

    /// <summary>A probe for what is left where some chains are empty.</summary>
    public PacketProbe WithoutRulesOf(Func<ChainSymbol, bool> isEmptied) => new(_context, _context.Tables.WithoutRulesOf(isEmptied));

    /// <summary>The chains, in the order in which capture can meet them, that a hook reaches.</summary>
    public IEnumerable<int> ChainsFrom(Hook hook) => _context.Ruleset.Chains.Select(chain => chain.Symbol)
        .Where(chain => chain.Table is TableKind.Raw or TableKind.Mangle or TableKind.Nat && Captures.IsReached(chain.Index, hook))
        .OrderBy(chain => Profile.ChainPrefix is { } prefix && chain.Name.StartsWith(prefix, StringComparison.Ordinal) ? 0 : 1)
        .Select(chain => chain.Index);

    /// <summary>Who takes a packet at a port: <c>Envoy 15001</c>.</summary>
    public string Listener(ushort port) => $"{(port == Profile.DnsPort ? Profile.Agent : Profile.Proxy)} {port.Text()}";

    private bool IsSpared(ushort port) => Captures.RulesFrom(Hook.Prerouting)
        .Where(rule => rule.Target is { } target && target.Extension.Lower(target).Kind is ActionKind.Return or ActionKind.Accept)
        .SelectMany(CaptureMap.TestsOf)
        .Any(test => test is { Field: PacketField.DestinationPort, IsNegated: false } && test.Value == port);

    /// <summary>The last rule of nat or mangle that returned or accepted a packet at a hook; null where none did.</summary>
    public RuleSymbol? LastToSpare(Trace trace, Hook hook) => trace.Steps
        .LastOrDefault(step => step.Hook == hook && step.Pass == 1 && step is { Rule: not null, Action: "return" or "accept" }
            && step.Table is TableKind.Nat or TableKind.Mangle) is { } step ? Probe.RuleOf(step) : null;

    private string FindLoopbackName()
    {
        var loopback = HostInterface.Loopback.Name;
        var isNamed = Captures.RulesFrom(Hook.Output).SelectMany(CaptureMap.TestsOf)
            .Any(test => test.Field == PacketField.OutInterface && test.Value == InterfaceName.Pack(loopback));
        var called = Captures.CallsFrom(Hook.Output).Where(call => call.Port == Profile.InboundPort)
            .SelectMany(call => CaptureMap.TestsOf(call.Rule))
            .Where(test => test is { Field: PacketField.OutInterface, IsNegated: false })
            .Select(test => InterfaceName.Unpack(test.Value));
        return isNamed ? loopback : called.FirstOrDefault() ?? loopback;
    }

    private RuleSymbol? DeciderOf(Trace trace, TraceStep step) =>
        _deciding.Of(trace) is { } decided && trace.Steps.LastIndexOf(decided) <= trace.Steps.LastIndexOf(step) ? Probe.RuleOf(decided) : null;
}
