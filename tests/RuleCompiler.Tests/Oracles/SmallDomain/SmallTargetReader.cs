using System.Globalization;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>The meaning of a target.</summary>
internal static class SmallTargetReader
{
    private const string DefaultAnswer = "icmp-port-unreachable";

    /// <summary>Reads <c>-j</c> or <c>-g</c> and all that follows; nothing for a rule that only counts.</summary>
    public static SmallTarget Read(IReadOnlyList<string> words) => words switch
    {
        [] => new(SmallAction.Count, ""),
        ["-g", var callee] => new(SmallAction.Goto, Join(words)) { Callee = callee },
        ["-j", "ACCEPT"] => new(SmallAction.Accept, Join(words)),
        ["-j", "DROP"] => new(SmallAction.Drop, Join(words)),
        ["-j", "RETURN"] => new(SmallAction.Return, Join(words)),
        ["-j", "REJECT"] => new(SmallAction.Reject, Join(words)) { Canonical = $"-j REJECT --reject-with {DefaultAnswer}" },
        ["-j", "REJECT", "--reject-with", _] => new(SmallAction.Reject, Join(words)),
        ["-j", "NFQUEUE", "--queue-num", _] => new(SmallAction.Queue, Join(words)),
        ["-j", "NFQUEUE", "--queue-num", _, "--queue-bypass"] => new(SmallAction.QueueOrAccept, Join(words)),
        ["-j", "TPROXY", "--on-port", _, "--on-ip", _, "--tproxy-mark", var mark] => Marked(new(SmallAction.Proxy, Join(words)), mark),
        ["-j", "REDIRECT"] => new(SmallAction.TranslateDestination, Join(words)),
        ["-j", "LOG", ..] => new(SmallAction.Log, Join(words)),
        ["-j", "CT", "--notrack"] => new(SmallAction.Untrack, Join(words)),
        ["-j", "CT", "--zone", var zone] => new(SmallAction.SetZone, Join(words)) { Value = uint.Parse(zone, CultureInfo.InvariantCulture) },
        ["-j", "MARK", "--set-xmark", var mark] => Marked(new(SmallAction.SetMark, Join(words)), mark),
        ["-j", "CONNMARK", "--set-xmark", var mark] => Marked(new(SmallAction.SetConnectionMark, Join(words)), mark),
        ["-j", "CONNMARK", "--save-mark", "--nfmask", var from, "--ctmask", var to] =>
            Marked(new(SmallAction.SaveMark, Join(words)), $"{from}/{to}"),
        ["-j", "CONNMARK", "--restore-mark", "--nfmask", var to, "--ctmask", var from] =>
            Marked(new(SmallAction.RestoreMark, Join(words)), $"{from}/{to}"),
        ["-j", "REDIRECT", "--to-ports", var port] => To(new(SmallAction.TranslateDestination, Join(words)), $":{port}"),
        ["-j", "DNAT", "--to-destination", var end] => To(new(SmallAction.TranslateDestination, Join(words)), end),
        ["-j", "SNAT", "--to-source", var end] => To(new(SmallAction.TranslateSource, Join(words)), end),
        ["-j", "MASQUERADE"] => new(SmallAction.TranslateSource, Join(words)),
        ["-j", var callee] => new(SmallAction.Jump, Join(words)) { Callee = callee },
        _ => throw new FormatException($"No target of the small domain: {Join(words)}"),
    };

    private static SmallTarget Marked(SmallTarget target, string mark) =>
        mark.Split('/') is var parts && parts.Length == 2
            ? target with { Value = Convert.ToUInt32(parts[0], 16), Mask = Convert.ToUInt32(parts[1], 16) }
            : throw new FormatException($"A mark without mask: {mark}");

    private static SmallTarget To(SmallTarget target, string end) => target with
    {
        Address = end.Split(':')[0] is { Length: > 0 } address ? SmallWorld.Parse(address) : null,
        Port = end.Split(':') is [_, var first] ? Port(first.Split('-')[0]) : null,
        LastPort = end.Split(':') is [_, var last] ? Port(last.Split('-')[^1]) : default,
    };

    private static ushort Port(string text) => ushort.Parse(text, CultureInfo.InvariantCulture);

    private static string Join(IEnumerable<string> words) => string.Join(' ', words);
}
