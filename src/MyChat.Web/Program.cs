using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MyChat.Ui;
using MyChat.Ui.App;
using MyChat.Web.Browser;

await Script.LoadAsync();
var platform = new BrowserPlatform();
await platform.PrepareAsync();
var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<Root>("#app");
builder.Services.AddMyChatUi().AddSingleton<IPlatform>(platform);
await builder.Build().RunAsync();
