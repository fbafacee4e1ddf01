using System.Collections.Immutable;
using System.Text;

namespace RuleCompiler.Binding;

/// <summary>The options that every rule line knows: commands, built-in tests, <c>-m -j -g</c>.</summary>
/// <remarks>Source: iptables/xshared.c and iptables.c, <c>original_opts</c>. Each is known by its letter.</remarks>
internal static class BuiltInOptions
{
    private static readonly ImmutableArray<(string Name, char Letter)> LongNames =
    [
        ("--append", 'A'), ("--check", 'C'), ("--delete", 'D'), ("--delete-chain", 'X'), ("--destination", 'd'),
        ("--dst", 'd'), ("--exact", 'x'), ("--flush", 'F'), ("--fragment", 'f'), ("--goto", 'g'), ("--help", 'h'),
        ("--in-interface", 'i'), ("--insert", 'I'), ("--ipv4", '4'), ("--ipv6", '6'), ("--jump", 'j'),
        ("--line-numbers", 'n'), ("--list", 'L'), ("--list-rules", 'S'), ("--match", 'm'), ("--modprobe", 'M'),
        ("--new-chain", 'N'), ("--numeric", 'n'), ("--out-interface", 'o'), ("--policy", 'P'),
        ("--protocol", 'p'), ("--rename-chain", 'E'), ("--replace", 'R'), ("--set-counters", 'c'), ("--source", 's'),
        ("--src", 's'), ("--table", 't'), ("--verbose", 'v'), ("--version", 'V'), ("--wait", 'w'), ("--wait-interval", 'W'), ("--zero", 'Z'),
    ];

    /// <summary>The letter of a long option spelt in full; null where it is none of these.</summary>
    public static char? FindExact(ReadOnlySpan<byte> name)
    {
        foreach (var (known, letter) in LongNames)
        {
            if (Ascii.Equals(name, known))
            {
                return letter;
            }
        }
        return null;
    }

    /// <summary>The options that begin with <paramref name="prefix"/>.</summary>
    public static IEnumerable<(string Name, char Letter)> FindByPrefix(string prefix) =>
        LongNames.Where(option => option.Name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Whether an option of this letter is a command, of which a line has one.</summary>
    public static bool IsCommand(char letter) => "ACDEFILNPRSXZ".Contains(letter, StringComparison.Ordinal);

    /// <summary>Whether the letter is an option at all.</summary>
    public static bool IsKnown(char letter) => "ACDEFILNPRSXZ46cdfghijmMnopstvVwWx".Contains(letter, StringComparison.Ordinal);
}
