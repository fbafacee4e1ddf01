using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Flows;

/// <summary>
/// The legs of every mesh's flows, computed for the dumps that its own project tests with: a snapshot each in
/// <c>StockMeshes</c>, read once and held against what the mesh's documents promise.
/// </summary>
internal sealed class StockMeshFlowTests
{
    private static readonly (string Folder, string Pattern)[] Dumps =
    [
        ("corpora/kumahq--kuma", "*.golden"),
        ("corpora/linkerd--linkerd2-proxy-init/facts", "*.save"),
        ("corpora/openservicemesh--osm/facts", "*.save"),
        ("corpora/istio--istio/facts", "*.save"),
    ];

    private static IEnumerable<string> Files => Dumps.SelectMany(d => SharedData.Files(d.Folder, d.Pattern)).DefaultIfEmpty("");

    [TestCaseSource(nameof(Files))]
    public void Flows_of(string path)
    {
        SharedData.Require("corpora");
        // Kuma's templates have a placeholder where a machine has the name of its loopback interface.
        var dump = File.ReadAllText(path).Replace("ifPlaceholder", "lo", StringComparison.Ordinal);
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)));
        var profile = ProfileCatalog.InferFor(compilation);

        var flows = FlowStory.Tell(FlowAnalysis.Run(compilation, profile, isForced: false, HostInference.Infer(compilation)));
        var project = Path.GetRelativePath(SharedData.Require("corpora"), path).Split('/')[0].Split("--")[1];
        Snapshot.VerifyFile(
            flows.Length > 0 ? $"{profile.Title}\n{flows}" : "no sidecar\n",
            Repository.PathOf($"tests/RuleCompiler.Tests/Flows/StockMeshes/{project}.{Path.GetFileNameWithoutExtension(path)}.verified.txt"));
    }
}
