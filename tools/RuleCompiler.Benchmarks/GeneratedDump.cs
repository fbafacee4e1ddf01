using System.Globalization;
using System.Text;

namespace RuleCompiler.Benchmarks;

/// <summary>A flat firewall of any size, as text; the same for the same size.</summary>
internal static class GeneratedDump
{
    public static byte[] Flat(int ruleCount)
    {
        var text = new StringBuilder("*filter\n:INPUT DROP [0:0]\n:FORWARD DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n");
        for (var index = 0; index < ruleCount; index++)
        {
            var target = index % 7 == 0 ? "DROP" : "ACCEPT";
            text.Append(
                CultureInfo.InvariantCulture,
                $"-A FORWARD -s 10.{index >> 14 & 255}.{index >> 6 & 255}.{(index & 63) << 2}/30 -i eth0 -p tcp -m tcp --dport {1024 + index % 60000} -m conntrack --ctstate NEW -j {target}\n");
        }
        return Encoding.UTF8.GetBytes(text.Append("COMMIT\n").ToString());
    }
}
