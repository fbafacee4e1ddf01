using NUnit.Framework;
using RuleCompiler.Linting;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Linting;

/// <summary>What meshes, node agents and firewalls set up by default is no mistake: no error and no warning there.</summary>
internal sealed class StockDumpTests
{
    private static readonly string[] Folders =
    [
        "corpora/istio--istio/loaded", "corpora/istio--istio/facts", "corpora/linkerd--linkerd2-proxy-init", "corpora/kumahq--kuma",
        "corpora/openservicemesh--osm", "corpora/moby--moby", "corpora/generated", "corpora/antrea-io--antrea",
        "corpora/projectcalico--calico", "corpora/s1061123--multus-proxy-k",
    ];

    [Test]
    public void Explore()
    {
        var lines = new List<string>();
        foreach (var path in Folders.SelectMany(folder => SharedData.Files(folder, "*")))
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(File.ReadAllBytes(path), path)));
            var name = Path.GetRelativePath(SharedData.Require("corpora"), path);
            if (compilation.HasErrors)
            { lines.Add($"{name}: errors"); continue; }
            var a = watch.ElapsedMilliseconds;
            var selected = Environment.GetEnvironmentVariable("SEL") ?? "IPT4,IPT30";
            var result = Linter.Run(compilation, new LintOptions { Selected = [.. selected.Split(',')] });
            foreach (var f in result.Findings)
                lines.Add($"{f.Severity} {f.Id} {name}:{f.Location.Start.Line} {f.Message} || {f.Witness}");
            if (watch.ElapsedMilliseconds - a > 200)
                lines.Add($"SLOW {name} {watch.ElapsedMilliseconds - a}");
        }
        File.WriteAllLines("/tmp/w/stock.txt", lines);
    }
}
