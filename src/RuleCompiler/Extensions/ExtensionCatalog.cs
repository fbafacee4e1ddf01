using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using RuleCompiler.Extensions.Matches;
using RuleCompiler.Extensions.Targets;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions;

/// <summary>All matches and targets that the compiler knows, by name.</summary>
internal static class ExtensionCatalog
{
    /// <summary>The built-in tests, which need no <c>-m</c>.</summary>
    public static IpMatch Ip { get; } = new();

    /// <summary>Matches in name order.</summary>
    public static ImmutableArray<MatchExtension> Matches { get; } =
    [
        new AddrtypeMatch(),
        new Ah6Match(),
        new AhMatch(),
        new BpfMatch(),
        new CgroupMatch(),
        new ClusterMatch(),
        new CommentMatch(),
        new ConnbytesMatch(),
        new ConnlabelMatch(),
        new ConnlimitMatch(),
        new ConnmarkMatch(),
        new ConntrackMatch(),
        new CpuMatch(),
        new DccpMatch(),
        new DevgroupMatch(),
        new DscpMatch(),
        new DstMatch(),
        new EcnMatch(),
        new EspMatch(),
        new Eui64Match(),
        new FragMatch(),
        new HashlimitMatch(),
        new HbhMatch(),
        new HelperMatch(),
        new HlMatch(),
        new IcmpMatch(),
        new Icmp6Match(),
        new IpcompMatch(),
        new IprangeMatch(),
        new Ipv6headerMatch(),
        new IpvsMatch(),
        new LengthMatch(),
        new LimitMatch(),
        new MacMatch(),
        new MarkMatch(),
        new MhMatch(),
        new MultiportMatch(),
        new NfacctMatch(),
        new OsfMatch(),
        new OwnerMatch(),
        new PhysdevMatch(),
        new PkttypeMatch(),
        new PolicyMatch(),
        new QuotaMatch(),
        new RateestMatch(),
        new RealmMatch(),
        new RecentMatch(),
        new RpfilterMatch(),
        new RtMatch(),
        new SctpMatch(),
        new SetMatch(),
        new SocketMatch(),
        new SrhMatch(),
        new StateMatch(),
        new StatisticMatch(),
        new StringMatch(),
        new TcpMatch(),
        new TcpmssMatch(),
        new TimeMatch(),
        new TosMatch(),
        new TtlMatch(),
        new U32Match(),
        new UdpMatch(),
        new UdpLiteMatch(),
    ];

    /// <summary>Targets in name order.</summary>
    public static ImmutableArray<TargetExtension> Targets { get; } =
    [
        new AcceptTarget(),
        new AuditTarget(),
        new ChecksumTarget(),
        new ClassifyTarget(),
        new ClusteripTarget(),
        new ConnmarkTarget(),
        new ConnsecmarkTarget(),
        new CtTarget(),
        new DnatTarget(),
        new DnptTarget(),
        new DropTarget(),
        new DscpTarget(),
        new EcnTarget(),
        new HlTarget(),
        new HmarkTarget(),
        new IdletimerTarget(),
        new LedTarget(),
        new LogTarget(),
        new MarkTarget(),
        new MasqueradeTarget(),
        new NetmapTarget(),
        new NflogTarget(),
        new NfqueueTarget(),
        new NotrackTarget(),
        new QueueTarget(),
        new RateestTarget(),
        new RedirectTarget(),
        new RejectTarget(),
        new ReturnTarget(),
        new SecmarkTarget(),
        new SetTarget(),
        new SnatTarget(),
        new SnptTarget(),
        new SynproxyTarget(),
        new TcpmssTarget(),
        new TcpoptstripTarget(),
        new TeeTarget(),
        new TosTarget(),
        new TproxyTarget(),
        new TraceTarget(),
        new TtlTarget(),
        new UlogTarget(),
    ];

    private static readonly FrozenDictionary<string, MatchExtension[]> MatchesByName = ByName(Matches);

    private static readonly FrozenDictionary<string, TargetExtension[]> TargetsByName = ByName(Targets);

    private static readonly MatchExtension?[] MatchesByProtocol = ByProtocol();

    public static MatchExtension? FindMatch(ReadOnlySpan<byte> name, Family family) => Find(MatchesByName, name, family);

    public static TargetExtension? FindTarget(ReadOnlySpan<byte> name, Family family) => Find(TargetsByName, name, family);

    /// <summary>The match whose options <c>-p</c> of this protocol makes available.</summary>
    public static MatchExtension? FindProtocolMatch(byte protocol) => MatchesByProtocol[protocol];

    private static T? Find<T>(FrozenDictionary<string, T[]> byName, ReadOnlySpan<byte> name, Family family)
        where T : Extension
    {
        Span<char> text = stackalloc char[32];
        if (name.Length > text.Length || Encoding.ASCII.GetChars(name, text) is var length
            && !byName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..length], out var found))
        {
            return null;
        }
        foreach (var extension in found)
        {
            if (extension.OnlyFamily is null || extension.OnlyFamily == family)
            {
                return extension;
            }
        }
        return null;
    }

    private static FrozenDictionary<string, T[]> ByName<T>(ImmutableArray<T> extensions)
        where T : Extension =>
        extensions
            .SelectMany(e => e.Aliases.Prepend(e.Name).Select(name => (Name: name, Extension: e)))
            .GroupBy(e => e.Name, e => e.Extension)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    private static MatchExtension?[] ByProtocol()
    {
        var byProtocol = new MatchExtension?[256];
        foreach (var match in Matches)
        {
            if (match.ImplicitFor is { } protocol)
            {
                byProtocol[protocol] = match;
            }
        }
        return byProtocol;
    }
}
